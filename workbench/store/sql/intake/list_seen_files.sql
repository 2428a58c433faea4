-- name:   intake/list_seen_files
-- grain:  one row per file of a large folder
-- params: none
-- reads:  seen_file
-- order:  place
SELECT
    seen_file.path,
    seen_file.name,
    seen_file.byte_count,
    seen_file.was_named,
    seen_file.holds
FROM seen_file
ORDER BY seen_file.place;
