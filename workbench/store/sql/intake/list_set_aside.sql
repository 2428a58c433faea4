-- name:   intake/list_set_aside
-- grain:  one row per thing of an import that was set aside
-- params: $batch_id VARCHAR, $row_count INTEGER
-- reads:  referral.set_aside
-- order:  as they were told
SELECT
    set_aside.file_name AS file,
    set_aside.kind,
    set_aside.byte_count,
    set_aside.reason
FROM referral.set_aside
WHERE set_aside.batch_id = $batch_id
ORDER BY set_aside.rowid
LIMIT $row_count;
