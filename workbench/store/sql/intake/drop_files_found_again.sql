-- name:   intake/drop_files_found_again
-- grain:  one row per file that is below an earlier named path, too
-- params: none
-- reads:  found_file
-- writes: found_file
-- order:  none
DELETE FROM found_file
WHERE
    rowid IN (
        SELECT again.rowid
        FROM found_file AS again
        INNER JOIN found_file AS earlier
            ON
                again.folder = earlier.folder
                AND again.file = earlier.file
                AND again.root_no > earlier.root_no
    );
