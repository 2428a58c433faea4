-- name:   desk/count_compared_lists
-- grain:  one row per file of one version that a list could have held: how many lists those are
-- params: $version_id VARCHAR
-- reads:  referral.file_digest, referral.hash_list_asked, referral.hash_list_algorithm, referral.current_hash_list
-- order:  file_no
SELECT
    file_digest.file_no,
    count(DISTINCT list.list_id) AS list_count
FROM referral.file_digest
INNER JOIN referral.hash_list_asked AS asked ON file_digest.asking_id = asked.asking_id
INNER JOIN referral.hash_list_algorithm AS held
    ON asked.list_id = held.list_id
    AND file_digest.algorithm = held.algorithm
INNER JOIN referral.current_hash_list AS list ON asked.list_id = list.list_id
WHERE file_digest.version_id = $version_id
GROUP BY file_digest.file_no
ORDER BY file_digest.file_no
