-- name:   intake/add_found_folders
-- grain:  one row, in the notes of an import
-- params: root_no, depth, folder in this order
-- writes: found_folder
-- order:  none
INSERT INTO found_folder (
    root_no,
    depth,
    folder
)
VALUES (
    ?,
    ?,
    ?
);
