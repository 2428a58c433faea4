-- name:   audit/version_without_import
-- grain:  one row per version whose import is not known
-- params: none
-- reads:  referral.report_version, referral.import_batch
-- order:  version_id
SELECT report_version.version_id
FROM referral.report_version
ANTI JOIN referral.import_batch
    ON report_version.batch_id = import_batch.batch_id
ORDER BY report_version.version_id;
