-- name:   intake/add_geo_lookup
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.geo_lookup
-- order:  none
INSERT INTO referral.geo_lookup (
    version_id,
    subject,
    ip_address_as_written,
    country,
    region,
    city,
    postal_code,
    latitude,
    longitude,
    esp,
    organization,
    types,
    ip_address,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.subject,
    staged_row.ip_address_as_written,
    staged_row.country,
    staged_row.region,
    staged_row.city,
    staged_row.postal_code,
    staged_row.latitude,
    staged_row.longitude,
    staged_row.esp,
    staged_row.organization,
    staged_row.types,
    staged_row.ip_address,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
