-- name:   intake/make_folder_root
-- grain:  one table, in the notes of an import
-- params: none
-- writes: folder_root
-- order:  none
CREATE TABLE folder_root (
    folder BLOB PRIMARY KEY,
    first_root_no INTEGER NOT NULL
);
