-- name:   assess/select_country_facts
-- grain:  one row per version to assess that names a country
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN, $unit_country VARCHAR, $country_names VARCHAR[], $country_codes VARCHAR[]
-- reads:  referral.report_version, referral.geo_lookup, referral.address, referral.ip_event, referral.current_network
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
country AS (SELECT unnest($country_names) AS country_name, unnest($country_codes) AS country_code),
-- A hidden address stands in the country of its exit, not of the user.
mention AS (
    SELECT
        report.version_id,
        report.country
    FROM referral.report_version AS report
    UNION ALL
    SELECT
        address.version_id,
        address.country
    FROM referral.address
    UNION ALL
    SELECT
        geo_lookup.version_id,
        geo_lookup.country
    FROM referral.geo_lookup
    WHERE NOT EXISTS (
        SELECT 1
        FROM referral.ip_event
        LEFT JOIN referral.current_network AS network
            ON ip_event.version_id = network.version_id
            AND ip_event.ip_event_no = network.ip_event_no
        WHERE
            ip_event.version_id = geo_lookup.version_id
            AND ip_event.ip_address = geo_lookup.ip_address
            AND (
                ip_event.is_possible_proxy
                OR coalesce(network.network_kind, ip_event.network_kind) IN ('tor', 'vpn', 'hosting')
            )
    )
)
SELECT
    mention.version_id,
    bool_or(country.country_code = $unit_country) AS is_unit_country_named,
    string_agg(DISTINCT country.country_code, ', ' ORDER BY country.country_code) AS named_countries
FROM target
INNER JOIN mention ON target.version_id = mention.version_id
INNER JOIN country ON lower(trim(mention.country)) = country.country_name
GROUP BY mention.version_id
