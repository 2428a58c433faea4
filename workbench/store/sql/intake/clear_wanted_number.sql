-- name:   intake/clear_wanted_number
-- grain:  all rows of one table, in the notes of an import
-- params: none
-- writes: wanted_number
-- order:  none
DELETE FROM wanted_number;
