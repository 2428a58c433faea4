-- name:   desk/list_web_addresses
-- grain:  one row per web address of one version
-- params: $version_id VARCHAR
-- reads:  referral.web_address, referral.report_version
-- order:  web_address_no
SELECT
    web_address.web_address_no,
    web_address.relation,
    web_address.content_id,
    web_address.url_as_written,
    web_address.host,
    web_address.is_source_url,
    web_address.site_type,
    referral.iccam_word('site', web_address.site_type, version.source_format) AS site_type_word,
    web_address.commerciality,
    referral.iccam_word('commerciality', web_address.commerciality, version.source_format) AS commerciality_word,
    web_address.payment_methods,
    web_address.hosting_country,
    web_address.hosting_ip_as_written,
    web_address.hosting_network,
    web_address.assigned_country,
    web_address.country_assigned_at,
    web_address.country_assigned_at_zone_stated,
    web_address.checked_at,
    web_address.checked_at_zone_stated,
    web_address.status,
    web_address.source_path
FROM referral.web_address
INNER JOIN referral.report_version AS version ON web_address.version_id = version.version_id
WHERE web_address.version_id = $version_id
ORDER BY web_address.web_address_no, web_address.source_path
