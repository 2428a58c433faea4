-- name:   intake/list_imports
-- grain:  one row per import, or the named one; version_count only of one that has not ended
-- params: $batch_id VARCHAR, $skip_count INTEGER, $row_count INTEGER
-- reads:  referral.import_batch, referral.report_version
-- order:  newest first
SELECT
    import_batch.batch_id,
    import_batch.started_at,
    import_batch.finished_at,
    import_batch.imported_by,
    import_batch.file_count,
    import_batch.read_count,
    import_batch.loaded_count,
    import_batch.new_version_count,
    import_batch.duplicate_count,
    import_batch.rejected_count,
    coalesce(kept.version_count, 0) AS version_count
FROM referral.import_batch
LEFT JOIN (
    SELECT
        report_version.batch_id,
        count(*) AS version_count
    FROM referral.report_version
    SEMI JOIN (
        SELECT open_batch.batch_id
        FROM referral.import_batch AS open_batch
        WHERE open_batch.finished_at IS NULL
    ) AS unfinished ON report_version.batch_id = unfinished.batch_id
    GROUP BY report_version.batch_id
) AS kept ON import_batch.batch_id = kept.batch_id
WHERE $batch_id IS NULL OR import_batch.batch_id = $batch_id
ORDER BY import_batch.started_at DESC, import_batch.batch_id DESC
LIMIT $row_count OFFSET $skip_count;
