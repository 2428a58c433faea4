-- name:   enrich/add_hash_list_entries
-- grain:  one row per different hash that the list does not hold yet
-- params: $list_id VARCHAR, $inner_key BLOB, $outer_key BLOB (both null: kept as they are)
-- reads:  hash_row, referral.hash_list_entry
-- writes: referral.hash_list_entry
-- order:  none
INSERT INTO referral.hash_list_entry (list_id, algorithm, digest)
SELECT
    $list_id,
    entry.algorithm,
    entry.digest
FROM (
    SELECT DISTINCT
        hash_row.algorithm,
        CASE
            WHEN $inner_key IS NULL THEN hash_row.digest
            ELSE referral.salted_digest($inner_key, $outer_key, hash_row.algorithm, hash_row.digest)
        END AS digest
    FROM hash_row
    WHERE hash_row.fault IS NULL
) AS entry
ANTI JOIN (
    SELECT
        hash_list_entry.algorithm,
        hash_list_entry.digest
    FROM referral.hash_list_entry
    WHERE hash_list_entry.list_id = $list_id
) AS held ON entry.algorithm = held.algorithm AND entry.digest = held.digest;
