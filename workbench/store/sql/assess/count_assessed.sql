-- name:   assess/count_assessed
-- grain:  one row: how many referrals one run of the assessment assessed
-- params: $assessed_at TIMESTAMPTZ
-- reads:  referral.assessment
-- order:  one row
SELECT count(DISTINCT assessment.referral_id) AS assessed
FROM referral.assessment
WHERE assessment.assessed_at = $assessed_at
