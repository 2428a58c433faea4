-- name:   enrich/drop_unfinished_hash_lists
-- grain:  one row per hash of a loading that never ended: it belongs to no list and counts nowhere
-- params: none
-- reads:  referral.hash_list
-- writes: referral.hash_list_entry
-- order:  none
DELETE FROM referral.hash_list_entry
WHERE hash_list_entry.list_id NOT IN (
    SELECT hash_list.list_id
    FROM referral.hash_list
);
