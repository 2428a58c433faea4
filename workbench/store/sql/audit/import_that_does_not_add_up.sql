-- name:   audit/import_that_does_not_add_up
-- grain:  one row per import whose numbers lose a report
-- params: none
-- reads:  referral.import_batch
-- order:  batch_id
SELECT import_batch.batch_id
FROM referral.import_batch
WHERE import_batch.read_count <> import_batch.loaded_count + import_batch.new_version_count
    + import_batch.duplicate_count + import_batch.rejected_count
ORDER BY import_batch.batch_id;
