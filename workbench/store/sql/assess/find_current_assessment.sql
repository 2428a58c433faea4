-- name:   assess/find_current_assessment
-- grain:  one row, or none when the newest version is not assessed
-- params: $referral_id VARCHAR
-- reads:  referral.current_version, referral.current_assessment
-- order:  none
SELECT assessment.assessment_id
FROM referral.current_version AS version
INNER JOIN referral.current_assessment AS assessment
    ON version.version_id = assessment.version_id
WHERE version.referral_id = $referral_id;
