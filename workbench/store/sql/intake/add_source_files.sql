-- name:   intake/add_source_files
-- grain:  one row per file of the batch
-- params: none
-- reads:  staged_row
-- writes: referral.source_file
-- order:  none
INSERT INTO referral.source_file (
    source_file_id,
    batch_id,
    file_name,
    source_format,
    byte_count,
    sha256
)
SELECT
    staged_row.source_file_id,
    staged_row.batch_id,
    staged_row.file_name,
    staged_row.source_format,
    staged_row.byte_count,
    staged_row.sha256
FROM staged_row;
