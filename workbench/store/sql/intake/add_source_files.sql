-- name:   intake/add_source_files
-- grain:  one row per file of the batch
-- params: none
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
    staged_file.source_file_id,
    staged_file.batch_id,
    staged_file.file_name,
    staged_file.source_format,
    staged_file.byte_count,
    staged_file.sha256
FROM staged_file;
