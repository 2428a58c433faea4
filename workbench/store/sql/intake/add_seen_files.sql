-- name:   intake/add_seen_files
-- grain:  one row per file of a large folder
-- params: none
-- reads:  staged_row
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
SELECT
    staged_row.place,
    staged_row.path,
    staged_row.name,
    staged_row.byte_count,
    staged_row.was_named,
    staged_row.holds,
    staged_row.number_in_name
FROM staged_row;
