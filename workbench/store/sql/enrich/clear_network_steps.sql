-- name:   enrich/clear_network_steps
-- grain:  every step; the table is derived from the segments and written anew in the same transaction
-- params: none
-- writes: referral.network_step
-- order:  none
DELETE FROM referral.network_step;
