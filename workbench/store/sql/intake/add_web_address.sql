-- name:   intake/add_web_address
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.web_address
-- order:  none
INSERT INTO referral.web_address (
    version_id,
    web_address_no,
    relation,
    content_id,
    url_as_written,
    is_source_url,
    site_type,
    commerciality,
    payment_methods,
    hosting_country,
    hosting_ip_as_written,
    hosting_network,
    assigned_country,
    country_assigned_at,
    country_assigned_at_as_written,
    country_assigned_at_zone_stated,
    checked_at,
    checked_at_as_written,
    checked_at_zone_stated,
    status,
    host,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.web_address_no,
    staged_row.relation,
    staged_row.content_id,
    staged_row.url_as_written,
    staged_row.is_source_url,
    staged_row.site_type,
    staged_row.commerciality,
    staged_row.payment_methods,
    staged_row.hosting_country,
    staged_row.hosting_ip_as_written,
    staged_row.hosting_network,
    staged_row.assigned_country,
    staged_row.country_assigned_at,
    staged_row.country_assigned_at_as_written,
    staged_row.country_assigned_at_zone_stated,
    staged_row.checked_at,
    staged_row.checked_at_as_written,
    staged_row.checked_at_zone_stated,
    staged_row.status,
    referral.host_of(staged_row.url_as_written) AS host,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
