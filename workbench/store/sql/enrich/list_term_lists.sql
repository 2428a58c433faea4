-- name:   enrich/list_term_lists
-- grain:  one row per term list in force when texts were last asked
-- params: none
-- reads:  referral.current_term_list, referral.current_text_signal, referral.current_version
-- order:  own lists last, then signal, language, list_id
WITH found AS (
    SELECT
        text_signal.list_id,
        count(DISTINCT version.referral_id) AS referral_count
    FROM referral.current_text_signal AS text_signal
    INNER JOIN referral.current_version AS version ON text_signal.version_id = version.version_id
    GROUP BY text_signal.list_id
)
SELECT
    term_list.list_id,
    term_list.language,
    term_list.signal,
    term_list.list_version,
    term_list.dated_on,
    term_list.source,
    term_list.is_own,
    term_list.term_count,
    term_list.recorded_at,
    coalesce(found.referral_count, 0) AS referral_count
FROM referral.current_term_list AS term_list
LEFT JOIN found ON term_list.list_id = found.list_id
ORDER BY term_list.is_own, term_list.signal, term_list.language, term_list.list_id;
