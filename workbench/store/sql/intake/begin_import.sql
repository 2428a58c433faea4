-- name:   intake/begin_import
-- grain:  one row
-- params: $batch_id VARCHAR, $started_at TIMESTAMPTZ, $imported_by VARCHAR
-- writes: referral.import_batch
-- order:  none
INSERT INTO referral.import_batch (
    batch_id,
    started_at,
    imported_by
)
VALUES (
    $batch_id,
    $started_at,
    $imported_by
);
