-- name:   desk/list_versions
-- grain:  one row per version of one referral
-- params: $referral_id VARCHAR
-- reads:  referral.report_version, referral.source_file
-- order:  newest first
SELECT
    report_version.version,
    report_version.version_id,
    report_version.loaded_at,
    report_version.batch_id,
    report_version.source_format,
    source_file.file_name AS file,
    report_version.source_path
FROM referral.report_version
LEFT JOIN referral.source_file
    ON report_version.source_file_id = source_file.source_file_id
WHERE report_version.referral_id = $referral_id
ORDER BY report_version.version DESC, report_version.version_id
