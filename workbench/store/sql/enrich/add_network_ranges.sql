-- name:   enrich/add_network_ranges
-- grain:  one row per range of one list
-- params: $feed_id UUID, $kind VARCHAR
-- reads:  staged_row
-- writes: referral.network_range
-- order:  none
INSERT INTO referral.network_range (
    feed_id,
    range_no,
    range_start,
    range_end,
    as_written,
    kind,
    owner,
    country,
    is_shared
)
SELECT
    $feed_id,
    staged_row.range_no,
    referral.key_of_halves(staged_row.start_high, staged_row.start_low),
    referral.key_of_halves(staged_row.end_high, staged_row.end_low),
    staged_row.as_written,
    CASE
        WHEN staged_row.kind IS NOT NULL THEN staged_row.kind
        -- Who owns it says that subscribers share it, whatever the list is a list of.
        WHEN staged_row.is_shared AND $kind IN ('geo', 'access') THEN 'carrier'
        WHEN $kind <> 'geo' THEN $kind
    END,
    staged_row.owner,
    staged_row.country,
    staged_row.is_shared OR $kind = 'carrier'
FROM staged_row;
