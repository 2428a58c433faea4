-- name:   intake/add_found_files
-- grain:  one row per file found
-- params: none
-- reads:  staged_row
-- writes: found_file
-- order:  none
INSERT INTO found_file (
    root_no,
    folder,
    file,
    byte_count
)
SELECT
    staged_row.root_no,
    staged_row.folder,
    staged_row.file,
    staged_row.byte_count
FROM staged_row;
