-- name:   desk/count_expiring
-- grain:  one row: how much each choice of "expires" leaves of what the other filters leave
-- params: $today DATE, $shift_at TIMESTAMPTZ, $status VARCHAR, $urgency VARCHAR[], $actionability VARCHAR[],
--         $expires VARCHAR, $provider VARCHAR[], $kind VARCHAR[], $sought VARCHAR
-- reads:  desk.queue_match, desk.is_expiring
-- order:  one row
WITH entry AS (
    SELECT
        matching.time_place,
        matching.time_rank,
        matching.clocks
    FROM desk.queue_match(
        $today, $shift_at, $status, $urgency, $actionability, $expires, $provider, $kind, $sought
    ) AS matching
)
SELECT
    count(*) FILTER (desk.is_expiring('shift', time_place, time_rank, clocks, $today, $shift_at)) AS shift,
    count(*) FILTER (desk.is_expiring('today', time_place, time_rank, clocks, $today, $shift_at)) AS today,
    count(*) FILTER (desk.is_expiring('week', time_place, time_rank, clocks, $today, $shift_at)) AS week,
    count(*) FILTER (desk.is_expiring('month', time_place, time_rank, clocks, $today, $shift_at)) AS month,
    count(*) FILTER (desk.is_expiring('later', time_place, time_rank, clocks, $today, $shift_at)) AS later,
    count(*) FILTER (desk.is_expiring('expired', time_place, time_rank, clocks, $today, $shift_at)) AS expired,
    count(*) FILTER (desk.is_expiring('unknown', time_place, time_rank, clocks, $today, $shift_at)) AS unknown
FROM entry
