-- name:   enrich/list_hash_row_faults
-- grain:  one row per hash just read that cannot be loaded; those that say nothing are only counted
-- params: $most BIGINT
-- reads:  hash_row (what enrich/read_hash_rows gave)
-- order:  line_no, fault
SELECT
    hash_row.line_no,
    hash_row.fault
FROM hash_row
WHERE hash_row.fault <> 'meaningless'
ORDER BY hash_row.line_no, hash_row.fault
LIMIT $most;
