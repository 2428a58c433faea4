-- name:   intake/count_first_versions
-- grain:  one row
-- params: none
-- reads:  staged_report, referral.report_version
-- order:  none
SELECT count(*) AS first_versions
FROM referral.report_version
WHERE report_version.version = 1
    AND report_version.version_id IN (SELECT staged_report.version_id FROM staged_report);
