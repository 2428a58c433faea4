-- name:   intake/add_file_record
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.file_record
-- order:  none
INSERT INTO referral.file_record (
    version_id,
    file_no,
    file_id,
    file_name,
    original_name,
    submittal_id,
    is_viewed_by_provider,
    is_exif_viewed_by_provider,
    is_publicly_available,
    relevance,
    industry_classification,
    flags,
    ncmec_tags,
    uploaded_at,
    uploaded_at_as_written,
    uploaded_at_zone_stated,
    location_of_file,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.file_no,
    staged_row.file_id,
    staged_row.file_name,
    staged_row.original_name,
    staged_row.submittal_id,
    staged_row.is_viewed_by_provider,
    staged_row.is_exif_viewed_by_provider,
    staged_row.is_publicly_available,
    staged_row.relevance,
    staged_row.industry_classification,
    staged_row.flags,
    staged_row.ncmec_tags,
    staged_row.uploaded_at,
    staged_row.uploaded_at_as_written,
    staged_row.uploaded_at_zone_stated,
    staged_row.location_of_file,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
