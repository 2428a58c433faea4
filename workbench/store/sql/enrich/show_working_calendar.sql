-- name:   enrich/show_working_calendar
-- grain:  one row when the calendar that counts is the one that is wanted, else none
-- params: $country VARCHAR, $time_zone VARCHAR, $said_by VARCHAR, $last_year_needed INTEGER
-- reads:  desk.current_calendar
-- order:  one row
SELECT current_calendar.calendar_id
FROM desk.current_calendar
WHERE
    current_calendar.country = $country
    AND current_calendar.time_zone = $time_zone
    AND current_calendar.said_by = $said_by
    AND current_calendar.last_year >= $last_year_needed
