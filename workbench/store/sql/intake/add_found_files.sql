-- name:   intake/add_found_files
-- grain:  one row, in the notes of an import
-- params: root_no, folder, file, byte_count in this order
-- writes: found_file
-- order:  none
INSERT INTO found_file (
    root_no,
    folder,
    file,
    byte_count
)
VALUES (
    ?,
    ?,
    ?,
    ?
);
