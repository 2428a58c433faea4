-- name:   desk/count_queue
-- grain:  one row
-- params: $today DATE, $shift_at TIMESTAMPTZ, $status VARCHAR, $urgency VARCHAR[], $actionability VARCHAR[],
--         $expires VARCHAR, $provider VARCHAR[], $kind VARCHAR[], $sought VARCHAR
-- reads:  desk.queue_match
-- order:  one row
SELECT
    count(*) AS total,
    count(*) FILTER (entry.urgency = 'immediate') AS immediate,
    count(*) FILTER (entry.time_place = 0 AND entry.time_rank <= 7) AS expiring_week
FROM desk.queue_match(
    $today, $shift_at, $status, $urgency, $actionability, $expires, $provider, $kind, $sought
) AS entry
