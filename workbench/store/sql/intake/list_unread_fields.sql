-- name:   intake/list_unread_fields
-- grain:  one row per field of an import that nobody read
-- params: $batch_id VARCHAR
-- reads:  referral.unread_field
-- order:  format, field
SELECT
    unread_field.source_format,
    unread_field.field_path,
    unread_field.occurrence_count
FROM referral.unread_field
WHERE unread_field.batch_id = $batch_id
ORDER BY unread_field.source_format, unread_field.field_path;
