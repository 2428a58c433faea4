-- name:   intake/add_wanted_numbers
-- grain:  one row, in the notes of an import
-- params: number in this order
-- writes: wanted_number
-- order:  none
INSERT OR IGNORE INTO wanted_number (
    number
)
VALUES (
    ?
);
