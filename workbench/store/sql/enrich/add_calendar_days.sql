-- name:   enrich/add_calendar_days
-- grain:  one row per day of the calendar that was recorded last, with the last working day on or before it
-- params: none
-- reads:  calendar_day_batch, desk.current_calendar
-- writes: desk.calendar_day
-- order:  none
INSERT INTO desk.calendar_day (calendar_id, day_on, is_working, holiday_en, holiday_nb, ask_by_on)
SELECT
    (SELECT current_calendar.calendar_id FROM desk.current_calendar),
    batch.day_on,
    batch.is_working,
    batch.holiday_en,
    batch.holiday_nb,
    max(CASE WHEN batch.is_working THEN batch.day_on END) OVER (
        ORDER BY batch.day_on ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
FROM calendar_day_batch AS batch
