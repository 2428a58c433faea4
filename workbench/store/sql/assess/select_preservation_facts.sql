-- name:   assess/select_preservation_facts
-- grain:  one row per version to assess: until when its provider must keep a copy, and what it deletes by itself
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.report_version, referral.party, referral.current_provider_name, referral.retention_period
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
period AS (
    SELECT
        retention_period.period_id,
        retention_period.kind,
        retention_period.providers,
        retention_period.starts,
        coalesce(retention_period.valid_from, DATE '0001-01-01') AS valid_from,
        coalesce(retention_period.valid_until, DATE '9999-12-31') AS valid_until,
        retention_period.length_months,
        retention_period.length_days,
        coalesce(retention_period.is_counted, true) AS is_counted
    FROM referral.retention_period
    WHERE retention_period.rulebook_hash = $rulebook_hash
),
policy AS (
    SELECT
        period.*,
        unnest(period.providers) AS provider
    FROM period
    WHERE period.kind = 'provider_policy'
),
deactivated AS (
    SELECT
        party.version_id,
        min(
            party.disabled_at
            - CASE WHEN party.disabled_at_zone_stated THEN INTERVAL 0 HOUR ELSE INTERVAL 14 HOUR END
        ) AS starts_at,
        max(CASE WHEN party.disabled_at_zone_stated THEN NULL ELSE party.disabled_at + INTERVAL 12 HOUR END) AS starts_at_latest
    FROM target
    INNER JOIN referral.party ON target.version_id = party.version_id
    WHERE party.role = 'reported_user' AND party.disabled_at IS NOT NULL
    GROUP BY party.version_id
),
reported AS (
    SELECT
        target.version_id,
        coalesce(provider_name.provider, version.provider_as_written) AS provider,
        target.received_at
        - CASE WHEN target.received_at_zone_stated THEN INTERVAL 0 HOUR ELSE INTERVAL 14 HOUR END AS received_at,
        CASE WHEN target.received_at_zone_stated THEN NULL ELSE target.received_at + INTERVAL 12 HOUR END AS received_at_latest,
        version.incident_at
        - CASE WHEN version.incident_at_zone_stated THEN INTERVAL 0 HOUR ELSE INTERVAL 14 HOUR END AS incident_at,
        CASE WHEN version.incident_at_zone_stated THEN NULL ELSE version.incident_at + INTERVAL 12 HOUR END AS incident_at_latest,
        deactivated.starts_at AS deactivated_at,
        deactivated.starts_at_latest AS deactivated_at_latest
    FROM target
    INNER JOIN referral.report_version AS version ON target.version_id = version.version_id
    LEFT JOIN referral.current_provider_name AS provider_name
        ON version.provider_as_written = provider_name.name_as_written
    LEFT JOIN deactivated ON target.version_id = deactivated.version_id
    -- Only a report that a provider sent to NCMEC binds the provider.
    WHERE referral.kind_of_format(version.source_format) IS NULL
),
running AS (
    SELECT
        reported.version_id,
        'provider_preservation' AS kind,
        period.period_id,
        reported.received_at AS starts_at,
        reported.received_at_latest AS starts_at_latest,
        period.length_months,
        period.length_days,
        true AS is_counted
    FROM reported
    LEFT JOIN period
        ON period.kind = 'provider_preservation'
        AND CAST(reported.received_at AS DATE) >= period.valid_from
        AND CAST(reported.received_at AS DATE) < period.valid_until
    UNION ALL
    SELECT
        begun.version_id,
        'provider_policy' AS kind,
        coalesce(begun.period_id, (SELECT min(period.period_id) FROM period WHERE period.kind = 'provider_policy' AND len(period.providers) = 0)) AS period_id,
        begun.starts_at,
        begun.starts_at_latest,
        begun.length_months,
        begun.length_days,
        coalesce(begun.is_counted, false) AS is_counted
    FROM (
        SELECT
            reported.version_id,
            policy.period_id,
            policy.valid_from,
            policy.valid_until,
            policy.length_months,
            policy.length_days,
            policy.is_counted,
            CASE policy.starts
                WHEN 'report' THEN reported.received_at
                WHEN 'incident' THEN reported.incident_at
                WHEN 'deactivation' THEN reported.deactivated_at
            END AS starts_at,
            CASE policy.starts
                WHEN 'report' THEN reported.received_at_latest
                WHEN 'incident' THEN reported.incident_at_latest
                WHEN 'deactivation' THEN reported.deactivated_at_latest
            END AS starts_at_latest
        FROM reported
        LEFT JOIN policy ON reported.provider = policy.provider
    ) AS begun
    -- A start that nobody stated is held against what applies today.
    WHERE
        begun.period_id IS NULL
        OR (
            coalesce(CAST(begun.starts_at AS DATE), DATE '9999-12-30') >= begun.valid_from
            AND coalesce(CAST(begun.starts_at AS DATE), DATE '9999-12-30') < begun.valid_until
        )
),
ending AS (
    SELECT
        running.*,
        referral.end_of_period(running.starts_at, running.length_months, running.length_days) AS ends_at,
        referral.end_of_period(running.starts_at_latest, running.length_months, running.length_days) AS ends_at_latest
    FROM running
)
SELECT
    ending.version_id,
    list(
        {
            'kind': ending.kind,
            'period_id': ending.period_id,
            'ip_event_no': CAST(NULL AS INTEGER),
            'starts_at': ending.starts_at,
            'last_on': CAST(ending.ends_at AS DATE),
            -- The clock started when the provider submitted; we know when NCMEC received it.
            'is_start_estimated': true,
            'is_country_assumed': false,
            'ends_at': ending.ends_at,
            'starts_at_latest': ending.starts_at_latest,
            'last_on_latest': CAST(ending.ends_at_latest AS DATE),
            'is_counted': ending.is_counted
        }
        ORDER BY ending.kind DESC, ending.period_id
    ) AS preservation_clocks
FROM ending
GROUP BY ending.version_id
