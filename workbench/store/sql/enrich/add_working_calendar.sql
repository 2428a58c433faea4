-- name:   enrich/add_working_calendar
-- grain:  one row: a calendar that counts from now on
-- params: $country VARCHAR, $time_zone VARCHAR, $said_by VARCHAR, $first_year INTEGER, $last_year INTEGER,
--         $recorded_at TIMESTAMPTZ
-- writes: desk.working_calendar
-- order:  none
INSERT INTO desk.working_calendar (
    calendar_id, country, time_zone, first_year, last_year, said_by, recorded_at
)
SELECT
    uuidv7(),
    $country,
    $time_zone,
    $first_year,
    $last_year,
    $said_by,
    $recorded_at
