-- name:   enrich/list_waiting_hash_lists
-- grain:  one row per salted list that cannot be compared with the salt at hand
-- params: $salt_mark VARCHAR (null: no salt)
-- reads:  referral.current_hash_list
-- order:  list_name
SELECT list.list_name
FROM referral.current_hash_list AS list
WHERE list.salt_mark IS NOT NULL AND list.salt_mark IS DISTINCT FROM $salt_mark
ORDER BY list.list_name;
