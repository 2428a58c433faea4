-- name:   intake/add_unread_fields
-- grain:  one row per field that nobody read
-- params: none
-- reads:  staged_row
-- writes: referral.unread_field
-- order:  none
INSERT INTO referral.unread_field (
    batch_id,
    source_format,
    field_path,
    occurrence_count
)
SELECT
    staged_row.batch_id,
    staged_row.source_format,
    staged_row.field,
    staged_row.count
FROM staged_row;
