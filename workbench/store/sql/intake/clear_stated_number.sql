-- name:   intake/clear_stated_number
-- grain:  all rows of one table, in the notes of an import
-- params: none
-- writes: stated_number
-- order:  none
DELETE FROM stated_number;
