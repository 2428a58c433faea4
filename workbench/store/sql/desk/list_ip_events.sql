-- name:   desk/list_ip_events
-- grain:  one row per IP event of one version
-- params: $version_id VARCHAR
-- reads:  referral.ip_event, referral.current_network, referral.geo_lookup, referral.report_version, referral.assessment,
--         referral.retention_period
-- order:  newest first, undated last; ties by ip_event_no
WITH lookup AS (
    SELECT
        geo_lookup.ip_address,
        list(
            {
                'country': geo_lookup.country,
                'organization': geo_lookup.organization,
                'as_of': CAST(coalesce(version.processed_at, version.received_at) AS DATE),
                'source_path': geo_lookup.source_path
            }
            -- As numbers are read: look-up 2 before look-up 10.
            ORDER BY length(geo_lookup.source_path), geo_lookup.source_path, geo_lookup.country, geo_lookup.organization
        ) AS ncmec_lookups
    FROM referral.geo_lookup
    INNER JOIN referral.report_version AS version ON geo_lookup.version_id = version.version_id
    WHERE geo_lookup.version_id = $version_id
    GROUP BY geo_lookup.ip_address
),

clock AS (
    SELECT
        assessment.rulebook_hash,
        unnest(assessment.clocks, recursive := true)
    FROM referral.assessment
    WHERE assessment.assessment_id = (
        SELECT max(own.assessment_id) FROM referral.assessment AS own WHERE own.version_id = $version_id
    )
)

SELECT
    ip_event.ip_event_no,
    ip_event.party_no,
    ip_event.file_no,
    ip_event.ip_address,
    ip_event.ip_address_as_written,
    ip_event.event_name,
    ip_event.occurred_at,
    ip_event.occurred_at_as_written,
    ip_event.occurred_at_zone_stated,
    ip_event.source_port,
    ip_event.is_possible_proxy,
    coalesce(network.network_kind, ip_event.network_kind) AS network_kind,
    network.kind_source,
    network.kind_as_of,
    network.kind_range,
    coalesce(network.is_shared, ip_event.network_kind = 'carrier') AS is_shared,
    network.country,
    network.country_source,
    network.country_as_of,
    network.network_owner,
    network.owner_source,
    network.owner_as_of,
    network.statements,
    network.looked_up_at,
    lookup.ncmec_lookups,
    clock.last_on,
    period.country AS last_on_country,
    clock.is_country_assumed,
    ip_event.source_path
FROM referral.ip_event
LEFT JOIN referral.current_network AS network
    ON ip_event.version_id = network.version_id
    AND ip_event.ip_event_no = network.ip_event_no
LEFT JOIN lookup ON ip_event.ip_address = lookup.ip_address
LEFT JOIN clock
    ON ip_event.ip_event_no = clock.ip_event_no
    AND clock.kind = 'connection_data'
LEFT JOIN referral.retention_period AS period
    ON clock.rulebook_hash = period.rulebook_hash
    AND clock.period_id = period.period_id
WHERE ip_event.version_id = $version_id
ORDER BY ip_event.occurred_at DESC NULLS LAST, ip_event.ip_event_no
