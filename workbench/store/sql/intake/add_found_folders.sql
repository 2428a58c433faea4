-- name:   intake/add_found_folders
-- grain:  one row per folder to be looked into
-- params: none
-- reads:  staged_row
-- writes: found_folder
-- order:  none
INSERT INTO found_folder (
    root_no,
    depth,
    folder
)
SELECT
    staged_row.root_no,
    staged_row.depth,
    staged_row.folder
FROM staged_row;
