-- name:   intake/add_stated_numbers
-- grain:  one row per file whose head states a report number
-- params: none
-- reads:  staged_row
-- writes: stated_number
-- order:  none
INSERT INTO stated_number (
    place,
    number
)
SELECT
    staged_row.place,
    staged_row.number
FROM staged_row;
