-- name:   intake/list_rejections
-- grain:  one row per report of an import that was not loaded
-- params: $batch_id VARCHAR, $row_count INTEGER
-- reads:  referral.rejection
-- order:  as they were told
SELECT
    rejection.file_name AS file,
    rejection.location,
    rejection.code,
    rejection.message,
    rejection.remedy
FROM referral.rejection
WHERE rejection.batch_id = $batch_id
ORDER BY rejection.rowid
LIMIT $row_count;
