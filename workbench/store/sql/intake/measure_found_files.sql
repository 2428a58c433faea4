-- name:   intake/measure_found_files
-- grain:  one row
-- params: none
-- reads:  found_file
-- order:  none
SELECT coalesce(sum(found_file.byte_count), 0) AS byte_count
FROM found_file;
