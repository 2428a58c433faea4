-- name:   enrich/find_assessment
-- grain:  one row if anything was ever assessed
-- params: none
-- reads:  referral.assessment
-- order:  none; any one will do
SELECT true AS is_any
FROM referral.assessment
LIMIT 1
