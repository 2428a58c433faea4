-- name:   desk/find_referral
-- grain:  one row per referral with this id, or with a version of this report number
-- params: $reference VARCHAR
-- reads:  referral.report_version
-- order:  referral_id
SELECT DISTINCT
    report_version.referral_id,
    report_version.referral_id = $reference AS is_id
FROM referral.report_version
WHERE report_version.referral_id = $reference OR report_version.report_number = $reference
ORDER BY report_version.referral_id
