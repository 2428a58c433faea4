-- name:   intake/list_warnings
-- grain:  one row per warning of an import
-- params: $batch_id VARCHAR
-- reads:  referral.import_warning
-- order:  as they were told
SELECT import_warning.warning
FROM referral.import_warning
WHERE import_warning.batch_id = $batch_id
ORDER BY import_warning.warning_no;
