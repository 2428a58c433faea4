-- name:   intake/count_rejections
-- grain:  one row per reason for which reports of an import were not loaded; report_count NULL: not counted
-- params: $batch_id VARCHAR
-- reads:  referral.rejection, referral.rejected_count
-- order:  reason
SELECT
    rejection.code,
    count(*) AS entry_count,
    any_value(rejected_count.report_count) AS report_count
FROM referral.rejection
LEFT JOIN referral.rejected_count
    ON rejection.batch_id = rejected_count.batch_id
    AND rejection.code = rejected_count.code
WHERE rejection.batch_id = $batch_id
GROUP BY rejection.code
ORDER BY rejection.code;
