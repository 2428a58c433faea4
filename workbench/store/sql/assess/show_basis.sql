-- name:   assess/show_basis
-- grain:  one row, or none: by what referrals were assessed last
-- params: none
-- reads:  referral.assessment_basis
-- order:  the row that was written last, whatever the machine's clock said
SELECT assessment_basis.basis
FROM referral.assessment_basis
ORDER BY assessment_basis.rowid DESC
LIMIT 1
