-- name:   desk/list_files
-- grain:  one row per file that one version names
-- params: $version_id VARCHAR
-- reads:  referral.file_record
-- order:  file_no
SELECT
    file_record.file_no,
    file_record.file_id,
    file_record.file_name,
    file_record.original_name,
    file_record.is_viewed_by_provider,
    file_record.is_exif_viewed_by_provider,
    file_record.is_publicly_available,
    file_record.relevance,
    file_record.industry_classification,
    file_record.flags,
    file_record.ncmec_tags,
    file_record.uploaded_at,
    file_record.uploaded_at_zone_stated,
    file_record.location_of_file,
    file_record.source_path
FROM referral.file_record
WHERE file_record.version_id = $version_id
ORDER BY file_record.file_no, file_record.source_path
