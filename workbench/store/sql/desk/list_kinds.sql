-- name:   desk/list_kinds
-- grain:  one row per kind of referral
-- params: none
-- reads:  referral.current_version, referral.current_assessment
-- order:  kind
SELECT DISTINCT coalesce(assessment.referral_kind, 'unknown') AS kind
FROM referral.current_version AS version
LEFT JOIN referral.current_assessment AS assessment
    ON version.version_id = assessment.version_id
ORDER BY kind
