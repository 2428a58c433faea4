-- name:   desk/list_ip_events
-- grain:  one row per IP event of one version
-- params: $version_id VARCHAR
-- reads:  referral.ip_event, referral.geo_lookup, referral.assessment
-- order:  newest first, undated last; ties by ip_event_no
WITH lookup AS (
    SELECT
        geo_lookup.ip_address,
        any_value(geo_lookup.country ORDER BY geo_lookup.source_path) AS country,
        any_value(geo_lookup.organization ORDER BY geo_lookup.source_path) AS network_owner
    FROM referral.geo_lookup
    WHERE geo_lookup.version_id = $version_id
    GROUP BY geo_lookup.ip_address
),

clock AS (
    SELECT unnest(assessment.clocks, recursive := true)
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
    ip_event.network_kind,
    lookup.country,
    lookup.network_owner,
    clock.last_on,
    clock.is_country_assumed,
    ip_event.source_path
FROM referral.ip_event
LEFT JOIN lookup ON ip_event.ip_address = lookup.ip_address
LEFT JOIN clock
    ON ip_event.ip_event_no = clock.ip_event_no
    AND clock.kind = 'connection_data'
WHERE ip_event.version_id = $version_id
ORDER BY ip_event.occurred_at DESC NULLS LAST, ip_event.ip_event_no
