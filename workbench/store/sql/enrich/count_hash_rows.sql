-- name:   enrich/count_hash_rows
-- grain:  one row per fault among the hashes just read; fault null: those without one
-- params: none
-- reads:  hash_row (what enrich/read_hash_rows gave)
-- order:  fault
SELECT
    hash_row.fault,
    count(*) AS hash_count
FROM hash_row
GROUP BY hash_row.fault
ORDER BY hash_row.fault;
