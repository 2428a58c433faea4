-- name:   enrich/add_file_digests
-- grain:  one row per hash of a file, of versions whose hashes nobody has taken up
-- params: $asking_id UUID
-- reads:  referral.file_hash, referral.file_digest, referral.hash_algorithm, referral.meaningless_hash
-- writes: referral.file_digest
-- order:  none
INSERT INTO referral.file_digest (asking_id, version_id, file_no, algorithm, digest, left_out)
WITH fresh AS (
    SELECT
        file_hash.version_id,
        file_hash.file_no,
        file_hash.hash_type,
        file_hash.value
    FROM referral.file_hash
    ANTI JOIN referral.file_digest ON file_hash.version_id = file_digest.version_id
    WHERE file_hash.value IS NOT NULL
),
named AS (
    SELECT
        written.hash_type,
        referral.named_hash_algorithm(written.hash_type) AS algorithm
    FROM (
        SELECT DISTINCT fresh.hash_type
        FROM fresh
    ) AS written
),
read AS (
    SELECT
        fresh.version_id,
        fresh.file_no,
        named.algorithm AS named_algorithm,
        referral.hash_bytes(fresh.value) AS digest
    FROM fresh
    INNER JOIN named ON fresh.hash_type IS NOT DISTINCT FROM named.hash_type
)
SELECT
    $asking_id,
    read.version_id,
    read.file_no,
    CASE WHEN meaningless.reason IS NULL THEN algorithm.algorithm END AS algorithm,
    CASE WHEN meaningless.reason IS NULL AND algorithm.algorithm IS NOT NULL THEN read.digest END AS digest,
    CASE WHEN algorithm.algorithm IS NULL THEN 'not_comparable' ELSE meaningless.reason END AS left_out
FROM read
LEFT JOIN referral.hash_algorithm AS algorithm
    ON octet_length(read.digest) = algorithm.byte_count
    AND CASE
        WHEN read.named_algorithm = '' THEN algorithm.is_taken_by_length
        ELSE read.named_algorithm = algorithm.algorithm
    END
LEFT JOIN referral.meaningless_hash AS meaningless
    ON algorithm.algorithm = meaningless.algorithm
    AND read.digest = meaningless.digest;
