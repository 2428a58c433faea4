-- name:   desk/list_compared_lists
-- grain:  one row per file of one version and hash list that could have held it and was asked
-- params: $version_id VARCHAR
-- reads:  referral.file_digest, referral.hash_list_asked, referral.hash_list_algorithm, referral.current_hash_list
-- order:  file_no, then list_name
SELECT
    file_digest.file_no,
    list.list_name,
    any_value(list.label) AS label,
    any_value(list.as_of) AS as_of,
    any_value(list.as_of_basis) AS as_of_basis,
    max(asked.asked_at) AS asked_at
FROM referral.file_digest
INNER JOIN referral.hash_list_asked AS asked ON file_digest.asking_id = asked.asking_id
INNER JOIN referral.hash_list_algorithm AS held
    ON asked.list_id = held.list_id
    AND file_digest.algorithm = held.algorithm
INNER JOIN referral.current_hash_list AS list ON asked.list_id = list.list_id
WHERE file_digest.version_id = $version_id
GROUP BY file_digest.file_no, list.list_name
ORDER BY file_digest.file_no, list.list_name
