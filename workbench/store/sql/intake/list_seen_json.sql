-- name:   intake/list_seen_json
-- grain:  one row per file of a large folder that is called JSON
-- params: none
-- reads:  seen_file
-- order:  place
SELECT
    seen_file.place,
    seen_file.path,
    seen_file.name,
    seen_file.was_named
FROM seen_file
WHERE seen_file.name LIKE '%.json'
ORDER BY seen_file.place;
