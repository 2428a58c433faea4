-- name:   desk/list_hash_matches
-- grain:  one row per file of one version, list it stands on and kind of hash
-- params: $version_id VARCHAR
-- reads:  referral.current_hash_match
-- order:  file_no, then list_name and algorithm
SELECT
    hash_match.file_no,
    hash_match.list_name,
    hash_match.label,
    hash_match.as_of,
    hash_match.as_of_basis,
    hash_match.loaded_at,
    hash_match.algorithm
FROM referral.current_hash_match AS hash_match
WHERE hash_match.version_id = $version_id
ORDER BY hash_match.file_no, hash_match.list_name, hash_match.algorithm
