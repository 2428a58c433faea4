-- name:   enrich/find_address
-- grain:  one row if the store holds any address
-- params: none
-- reads:  referral.ip_event
-- order:  none; any one will do
SELECT true AS is_any
FROM referral.ip_event
WHERE ip_event.ip_address IS NOT NULL
LIMIT 1
