-- name:   intake/end_import
-- grain:  one row
-- params: $batch_id VARCHAR, $finished_at TIMESTAMPTZ, $file_count INTEGER, $read_count INTEGER, $loaded_count INTEGER, $new_version_count INTEGER, $duplicate_count INTEGER, $rejected_count INTEGER
-- writes: referral.import_batch
-- order:  none
UPDATE referral.import_batch
SET
    finished_at = $finished_at,
    file_count = $file_count,
    read_count = $read_count,
    loaded_count = $loaded_count,
    new_version_count = $new_version_count,
    duplicate_count = $duplicate_count,
    rejected_count = $rejected_count
WHERE import_batch.batch_id = $batch_id;
