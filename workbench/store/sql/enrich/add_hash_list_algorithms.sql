-- name:   enrich/add_hash_list_algorithms
-- grain:  one row per kind of hash on one list
-- params: $list_id UUID
-- reads:  referral.hash_list_entry
-- writes: referral.hash_list_algorithm
-- order:  none
INSERT INTO referral.hash_list_algorithm (list_id, algorithm, entry_count)
SELECT
    hash_list_entry.list_id,
    hash_list_entry.algorithm,
    count(*) AS entry_count
FROM referral.hash_list_entry
WHERE hash_list_entry.list_id = $list_id
GROUP BY hash_list_entry.list_id, hash_list_entry.algorithm;
