-- name:   intake/add_identifier
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.identifier
-- order:  none
INSERT INTO referral.identifier (
    version_id,
    party_no,
    kind,
    label,
    value_as_written,
    is_verified,
    verified_at,
    verified_at_as_written,
    verified_at_zone_stated,
    country_calling_code,
    extension,
    event_name,
    occurred_at,
    occurred_at_as_written,
    occurred_at_zone_stated,
    file_no,
    value,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.party_no,
    staged_row.kind,
    staged_row.label,
    staged_row.value_as_written,
    staged_row.is_verified,
    staged_row.verified_at,
    staged_row.verified_at_as_written,
    staged_row.verified_at_zone_stated,
    staged_row.country_calling_code,
    staged_row.extension,
    staged_row.event_name,
    staged_row.occurred_at,
    staged_row.occurred_at_as_written,
    staged_row.occurred_at_zone_stated,
    staged_row.file_no,
    staged_row.value,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
