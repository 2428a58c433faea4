-- name:   intake/drop_files_found_again
-- grain:  one row per file that is below an earlier named path, too
-- params: none
-- reads:  found_file
-- writes: found_file
-- order:  none
DELETE FROM found_file
USING found_file AS earlier
WHERE
    earlier.folder = found_file.folder
    AND earlier.file = found_file.file
    AND earlier.root_no < found_file.root_no;
