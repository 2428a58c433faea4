-- name:   intake/make_found_file
-- grain:  one table, in the notes of an import
-- params: none
-- writes: found_file
-- order:  none
CREATE TABLE IF NOT EXISTS found_file (
    root_no INTEGER NOT NULL,
    folder BLOB NOT NULL,
    file BLOB NOT NULL,
    byte_count INTEGER NOT NULL
);
