-- name:   enrich/list_hash_lists
-- grain:  one row per list of hashes in use
-- params: none
-- reads:  referral.current_hash_list, referral.hash_list_algorithm, referral.current_hash_match,
--         referral.current_version
-- order:  list_name
SELECT
    list.list_id,
    list.list_name,
    list.label,
    list.as_of,
    list.as_of_basis,
    list.licence,
    list.file_name,
    list.sha256,
    list.loaded_at,
    list.loaded_by,
    list.read_count,
    list.salt_mark,
    list.entry_count,
    list.repeated_count,
    list.left_out_count,
    list.rejected_count,
    coalesce(held.algorithms, []) AS algorithms,
    coalesce(matched.referral_count, 0) AS referral_count
FROM referral.current_hash_list AS list
LEFT JOIN (
    SELECT
        hash_list_algorithm.list_id,
        list(hash_list_algorithm.algorithm ORDER BY hash_list_algorithm.algorithm) AS algorithms
    FROM referral.hash_list_algorithm
    GROUP BY hash_list_algorithm.list_id
) AS held ON list.list_id = held.list_id
LEFT JOIN (
    SELECT
        hash_match.list_id,
        count(DISTINCT version.referral_id) AS referral_count
    FROM referral.current_hash_match AS hash_match
    INNER JOIN referral.current_version AS version ON hash_match.version_id = version.version_id
    GROUP BY hash_match.list_id
) AS matched ON list.list_id = matched.list_id
ORDER BY list.list_name;
