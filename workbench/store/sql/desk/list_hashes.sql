-- name:   desk/list_hashes
-- grain:  one row per hash of a file that one version names
-- params: $version_id VARCHAR
-- reads:  referral.file_hash, referral.meaningless_hash
-- order:  file_no, then type and value
SELECT
    file_hash.file_no,
    file_hash.hash_type,
    file_hash.value_as_written,
    file_hash.value,
    file_hash.source_path,
    (
        SELECT any_value(meaningless.reason ORDER BY meaningless.reason)
        FROM referral.meaningless_hash AS meaningless
        WHERE meaningless.digest = referral.hash_bytes(file_hash.value)
    ) AS meaningless
FROM referral.file_hash
WHERE file_hash.version_id = $version_id
ORDER BY file_hash.file_no, file_hash.hash_type, file_hash.value_as_written
