-- name:   intake/add_stated_numbers
-- grain:  one row, in the notes of an import
-- params: place, number in this order
-- writes: stated_number
-- order:  none
INSERT INTO stated_number (
    place,
    number
)
VALUES (
    ?,
    ?
);
