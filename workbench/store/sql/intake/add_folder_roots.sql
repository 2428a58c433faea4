-- name:   intake/add_folder_roots
-- grain:  one row per folder that holds files: the first named path below which it holds some
-- params: none
-- reads:  found_file
-- writes: folder_root
-- order:  folder, for the key is filled fastest in order
INSERT INTO folder_root (
    folder,
    first_root_no
)
SELECT
    found_file.folder,
    min(found_file.root_no) AS first_root_no
FROM found_file
GROUP BY found_file.folder;
