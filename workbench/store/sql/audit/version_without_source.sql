-- name:   audit/version_without_source
-- grain:  one row per version whose file is not known
-- params: none
-- reads:  referral.report_version, referral.source_file
-- order:  version_id
SELECT report_version.version_id
FROM referral.report_version
ANTI JOIN referral.source_file
    ON report_version.source_file_id = source_file.source_file_id
ORDER BY report_version.version_id;
