-- name:   desk/list_hashes
-- grain:  one row per hash of a file that one version names
-- params: $version_id VARCHAR
-- reads:  referral.file_hash
-- order:  file_no, then type and value
SELECT
    file_hash.file_no,
    file_hash.hash_type,
    file_hash.value_as_written,
    file_hash.value,
    file_hash.source_path
FROM referral.file_hash
WHERE file_hash.version_id = $version_id
ORDER BY file_hash.file_no, file_hash.hash_type, file_hash.value_as_written
