-- name:   intake/list_found_folders
-- grain:  one row per folder so many folders below a named one
-- params: $depth INTEGER
-- reads:  found_folder
-- order:  root_no, folder
SELECT
    found_folder.root_no,
    found_folder.folder
FROM found_folder
WHERE found_folder.depth = $depth
ORDER BY
    found_folder.root_no,
    found_folder.folder;
