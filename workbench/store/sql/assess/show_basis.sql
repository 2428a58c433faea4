-- name:   assess/show_basis
-- grain:  one row, or none: by what referrals were assessed last
-- params: none
-- reads:  referral.assessment_basis
-- order:  one row
SELECT assessment_basis.basis
FROM referral.assessment_basis
ORDER BY assessment_basis.since DESC, assessment_basis.basis
LIMIT 1
