-- name:   enrich/read_hash_rows
-- grain:  one row per staged hash of a list: what it stands for, or what is wrong with it
-- params: none
-- reads:  staged_row, referral.hash_algorithm, referral.meaningless_hash
-- order:  none
WITH named AS (
    SELECT
        written.stated,
        referral.named_hash_algorithm(written.stated) AS algorithm
    FROM (
        SELECT DISTINCT staged_row.stated
        FROM staged_row
    ) AS written
),
read AS (
    SELECT
        staged_row.line_no,
        staged_row.fault,
        named.algorithm AS named_algorithm,
        referral.hash_bytes(staged_row.written) AS digest
    FROM staged_row
    INNER JOIN named ON staged_row.stated = named.stated
),
placed AS (
    SELECT
        read.line_no,
        read.fault,
        read.digest,
        algorithm.algorithm,
        read.named_algorithm
    FROM read
    LEFT JOIN referral.hash_algorithm AS algorithm
        ON octet_length(read.digest) = algorithm.byte_count
        AND CASE
            WHEN read.named_algorithm = '' THEN algorithm.is_taken_by_length
            ELSE read.named_algorithm = algorithm.algorithm
        END
)
SELECT
    placed.line_no,
    placed.algorithm,
    placed.digest,
    CASE
        WHEN placed.fault <> '' THEN placed.fault
        WHEN placed.named_algorithm IS NULL THEN 'unknown_algorithm'
        WHEN placed.digest IS NULL THEN 'not_a_hash'
        WHEN placed.algorithm IS NULL THEN 'wrong_length'
        WHEN meaningless.reason IS NOT NULL THEN 'meaningless'
    END AS fault
FROM placed
LEFT JOIN referral.meaningless_hash AS meaningless
    ON placed.algorithm = meaningless.algorithm
    AND placed.digest = meaningless.digest;
