-- name:   desk/find_previous
-- grain:  one row, or none: the previous referral that the filter leaves, seen from the place of one referral
-- params: $today DATE, $shift_at TIMESTAMPTZ, $status VARCHAR, $urgency VARCHAR[], $actionability VARCHAR[], $expires VARCHAR,
--         $provider VARCHAR[], $kind VARCHAR[], $sought VARCHAR,
--         $sort_column VARCHAR, $direction INTEGER, $referral_id VARCHAR
-- reads:  desk.queue_entry, desk.queue_match, desk.queue_place
-- order:  as desk/list_queue; one row
WITH here AS MATERIALIZED (
    SELECT desk.queue_place($sort_column, $direction, entry) AS place
    FROM desk.queue_entry($today) AS entry
    WHERE entry.referral_id = $referral_id
)
SELECT entry.referral_id
FROM desk.queue_match(
    $today, $shift_at, $status, $urgency, $actionability, $expires, $provider, $kind, $sought
) AS entry
WHERE desk.queue_place($sort_column, $direction, entry) < (SELECT here.place FROM here)
ORDER BY desk.queue_place($sort_column, $direction, entry) DESC
LIMIT 1
