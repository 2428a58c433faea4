-- name:   intake/add_address
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.address
-- order:  none
INSERT INTO referral.address (
    version_id,
    party_no,
    label,
    origin,
    street,
    city,
    postal_code,
    region,
    country,
    is_verified,
    stated_at,
    stated_at_as_written,
    stated_at_zone_stated,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.party_no,
    staged_row.label,
    staged_row.origin,
    staged_row.street,
    staged_row.city,
    staged_row.postal_code,
    staged_row.region,
    staged_row.country,
    staged_row.is_verified,
    staged_row.stated_at,
    staged_row.stated_at_as_written,
    staged_row.stated_at_zone_stated,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
