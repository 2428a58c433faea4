-- name:   enrich/add_hash_list_entries
-- grain:  one row per different hash that the list does not hold yet
-- params: $list_id UUID, $inner_key BLOB, $outer_key BLOB (both null: kept as they are)
-- reads:  hash_row (what enrich/read_hash_rows gave), referral.hash_list_entry
-- writes: referral.hash_list_entry
-- order:  none
INSERT INTO referral.hash_list_entry (list_id, algorithm, digest)
WITH entry AS MATERIALIZED (
    SELECT DISTINCT
        hash_row.algorithm,
        CASE
            WHEN $inner_key IS NULL THEN hash_row.digest
            ELSE referral.salted_digest($inner_key, $outer_key, hash_row.algorithm, hash_row.digest)
        END AS digest
    FROM hash_row
    WHERE hash_row.fault IS NULL
),
-- The join is built on the few just read; an anti join alone would be built on the whole list, again each time.
held AS MATERIALIZED (
    SELECT
        hash_list_entry.algorithm,
        hash_list_entry.digest
    FROM referral.hash_list_entry
    SEMI JOIN entry
        ON hash_list_entry.algorithm = entry.algorithm
        AND hash_list_entry.digest = entry.digest
    WHERE hash_list_entry.list_id = $list_id
)
SELECT
    $list_id,
    entry.algorithm,
    entry.digest
FROM entry
ANTI JOIN held ON entry.algorithm = held.algorithm AND entry.digest = held.digest;
