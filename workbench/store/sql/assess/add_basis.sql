-- name:   assess/add_basis
-- grain:  one row
-- params: $basis VARCHAR, $since TIMESTAMPTZ
-- writes: referral.assessment_basis
-- order:  none
INSERT INTO referral.assessment_basis (basis, since)
VALUES ($basis, $since)
