-- name:   intake/list_found_files
-- grain:  one row per file; those of a folder stand together, wherever they were named
-- params: none
-- reads:  found_file, folder_root
-- order:  first root of the folder, folder, root_no, file
SELECT
    found_file.root_no,
    found_file.folder,
    found_file.file,
    found_file.byte_count
FROM found_file
INNER JOIN folder_root
    ON found_file.folder = folder_root.folder
ORDER BY
    folder_root.first_root_no,
    found_file.folder,
    found_file.root_no,
    found_file.file;
