-- name:   audit/address_looked_up_twice
-- grain:  one row per address with more than one current look-up
-- params: none
-- reads:  referral.current_network_lookup
-- order:  ip_address
SELECT lookup.ip_address
FROM referral.current_network_lookup AS lookup
GROUP BY lookup.ip_address
HAVING count(*) > 1
ORDER BY lookup.ip_address
