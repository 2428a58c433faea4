-- name:   audit/version_numbers_with_gaps
-- grain:  one row per referral whose versions are not 1, 2, 3, ...
-- params: none
-- reads:  referral.report_version
-- order:  referral_id
SELECT report_version.referral_id
FROM referral.report_version
GROUP BY report_version.referral_id
HAVING count(*) <> max(report_version.version)
    OR count(DISTINCT report_version.version) <> count(*)
    OR count(DISTINCT report_version.version_id) <> count(*)
ORDER BY report_version.referral_id;
