-- name:   intake/add_seen_files
-- grain:  one row, in the notes of an import
-- params: place, path, name, byte_count, was_named, holds, number_in_name in this order
-- writes: seen_file
-- order:  none
INSERT INTO seen_file (
    place,
    path,
    name,
    byte_count,
    was_named,
    holds,
    number_in_name
)
VALUES (
    ?,
    ?,
    ?,
    ?,
    ?,
    ?,
    ?
);
