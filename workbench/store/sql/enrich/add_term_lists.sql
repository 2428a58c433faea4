-- name:   enrich/add_term_lists
-- grain:  one row per list of a set that is not the one recorded last
-- params: $lists_hash VARCHAR, $recorded_at TIMESTAMPTZ
-- reads:  staged_list, referral.current_term_list
-- writes: referral.term_list
-- order:  none
INSERT INTO referral.term_list (
    lists_hash,
    recorded_at,
    list_id,
    list_hash,
    language,
    signal,
    list_version,
    dated_on,
    source,
    is_own,
    term_count
)
SELECT
    $lists_hash,
    $recorded_at,
    staged_list.list_id,
    staged_list.list_hash,
    staged_list.language,
    staged_list.signal,
    staged_list.list_version,
    staged_list.dated_on,
    staged_list.source,
    staged_list.is_own,
    staged_list.term_count
FROM staged_list
WHERE $lists_hash NOT IN (SELECT current_term_list.lists_hash FROM referral.current_term_list);
