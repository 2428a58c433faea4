-- name:   intake/add_import_batch
-- grain:  one row
-- params: $batch_id VARCHAR, $started_at TIMESTAMPTZ, $finished_at TIMESTAMPTZ, $imported_by VARCHAR, $file_count INTEGER, $read_count INTEGER, $loaded_count INTEGER, $new_version_count INTEGER, $duplicate_count INTEGER, $rejected_count INTEGER
-- writes: referral.import_batch
-- order:  none
INSERT INTO referral.import_batch (
    batch_id,
    started_at,
    finished_at,
    imported_by,
    file_count,
    read_count,
    loaded_count,
    new_version_count,
    duplicate_count,
    rejected_count
)
VALUES (
    $batch_id,
    $started_at,
    $finished_at,
    $imported_by,
    $file_count,
    $read_count,
    $loaded_count,
    $new_version_count,
    $duplicate_count,
    $rejected_count
);
