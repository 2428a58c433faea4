-- name:   enrich/clear_network_mentions
-- grain:  every mention; the table is derived from the segments and written anew in the same transaction
-- params: none
-- writes: referral.network_mention
-- order:  none
DELETE FROM referral.network_mention;
