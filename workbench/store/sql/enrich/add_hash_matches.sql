-- name:   enrich/add_hash_matches
-- grain:  one row per file of an open asking and list it stands on, by kind of hash
-- params: $inner_key BLOB, $outer_key BLOB (both null: no list is salted), $matched_at TIMESTAMPTZ
-- reads:  open_hash_asking, referral.file_digest, referral.hash_list_entry
-- writes: referral.hash_match
-- order:  none
INSERT INTO referral.hash_match (list_id, version_id, file_no, algorithm, matched_at)
WITH asked AS (
    SELECT DISTINCT
        open_hash_asking.asking_id,
        open_hash_asking.is_salted
    FROM open_hash_asking
),
sought AS (
    SELECT
        file_digest.asking_id,
        file_digest.version_id,
        file_digest.file_no,
        file_digest.algorithm,
        asked.is_salted,
        CASE
            WHEN NOT asked.is_salted THEN file_digest.digest
            ELSE referral.salted_digest($inner_key, $outer_key, file_digest.algorithm, file_digest.digest)
        END AS digest
    FROM referral.file_digest
    INNER JOIN asked ON file_digest.asking_id = asked.asking_id
    WHERE file_digest.digest IS NOT NULL
)
SELECT DISTINCT
    entry.list_id,
    sought.version_id,
    sought.file_no,
    sought.algorithm,
    $matched_at
FROM sought
INNER JOIN referral.hash_list_entry AS entry
    ON sought.algorithm = entry.algorithm
    AND sought.digest = entry.digest
INNER JOIN open_hash_asking
    ON sought.asking_id = open_hash_asking.asking_id
    AND entry.list_id = open_hash_asking.list_id
    AND sought.is_salted = open_hash_asking.is_salted;
