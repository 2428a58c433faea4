-- name:   desk/show_working_calendar
-- grain:  one row, or none: who says which days are working days, of which country, since when
-- params: none
-- reads:  desk.working_calendar
-- order:  one row
SELECT
    working_calendar.country,
    working_calendar.said_by,
    working_calendar.recorded_at
FROM desk.working_calendar
ORDER BY working_calendar.recorded_at DESC, working_calendar.calendar_id DESC
LIMIT 1
