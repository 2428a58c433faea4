-- name:   intake/stage_new_versions
-- grain:  one row per staged report whose content is not in the store
-- params: none
-- reads:  referral.report_version, staged_report
-- writes: temp.new_version
-- order:  none; versions follow the order of reading
CREATE OR REPLACE TEMP TABLE new_version AS
WITH known_referral AS (
    SELECT
        report_version.referral_id,
        max(report_version.version) AS version
    FROM referral.report_version
    WHERE report_version.referral_id IN (SELECT staged_report.referral_id FROM staged_report)
    GROUP BY report_version.referral_id
)
SELECT
    staged_report.version_id,
    staged_report.referral_id,
    coalesce(known_referral.version, 0)
    + row_number() OVER (
        PARTITION BY staged_report.referral_id ORDER BY staged_report.position
    ) AS version
FROM staged_report
LEFT JOIN known_referral ON staged_report.referral_id = known_referral.referral_id
WHERE staged_report.version_id NOT IN (SELECT report_version.version_id FROM referral.report_version);
