-- name:   intake/add_file_hash
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.file_hash
-- order:  none
INSERT INTO referral.file_hash (
    version_id,
    file_no,
    hash_type,
    value_as_written,
    value,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.file_no,
    staged_row.hash_type,
    staged_row.value_as_written,
    staged_row.value,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
