-- name:   intake/clear_seen_file
-- grain:  all rows of one table, in the notes of an import
-- params: none
-- writes: seen_file
-- order:  none
DELETE FROM seen_file;
