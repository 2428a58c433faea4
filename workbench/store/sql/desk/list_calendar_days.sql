-- name:   desk/list_calendar_days
-- grain:  one row per known last day that the filter leaves
-- params: $today DATE, $shift_at TIMESTAMPTZ, $status VARCHAR, $urgency VARCHAR[], $actionability VARCHAR[],
--         $expires VARCHAR, $provider VARCHAR[], $kind VARCHAR[], $sought VARCHAR, $language VARCHAR,
--         $row_limit INTEGER, $row_offset INTEGER
-- reads:  desk.queue_match, desk.current_calendar_day
-- order:  days ahead from today on, then days that have passed from the newest back
SELECT
    entry.deadline_on AS day_on,
    count(*) AS referral_count,
    any_value(day.is_working) AS is_working,
    any_value(CASE WHEN $language = 'nb' THEN day.holiday_nb ELSE day.holiday_en END) AS holiday,
    any_value(day.ask_by_on) AS ask_by_on,
    CAST(count(*) OVER () AS BIGINT) AS day_count
FROM desk.queue_match(
    $today, $shift_at, $status, $urgency, $actionability, $expires, $provider, $kind, $sought
) AS entry
LEFT JOIN desk.current_calendar_day AS day ON entry.deadline_on = day.day_on
WHERE entry.deadline_on IS NOT NULL
GROUP BY entry.deadline_on
ORDER BY
    CASE WHEN entry.deadline_on < $today THEN 1 ELSE 0 END,
    abs(entry.deadline_on - $today),
    entry.deadline_on
LIMIT $row_limit OFFSET $row_offset
