-- name:   intake/make_found_folder
-- grain:  one table, in the notes of an import
-- params: none
-- writes: found_folder
-- order:  none
CREATE TABLE IF NOT EXISTS found_folder (
    root_no INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    folder BLOB NOT NULL
);
