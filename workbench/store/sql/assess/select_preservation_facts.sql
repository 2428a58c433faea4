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
-- One row per provider with all its policies: a list of one or two is cheaper than a row for each referral and policy.
policy AS (
    SELECT
        named.provider,
        list(
            {
                'period_id': named.period_id,
                'starts': named.starts,
                'valid_from': named.valid_from,
                'valid_until': named.valid_until,
                'length_months': named.length_months,
                'length_days': named.length_days,
                'is_counted': named.is_counted
            }
            ORDER BY named.period_id
        ) AS periods
    FROM (
        SELECT
            period.*,
            -- A policy that names nobody is what is said of every provider no other one names.
            unnest(CASE WHEN len(period.providers) = 0 THEN [NULL] ELSE period.providers END) AS provider
        FROM period
        WHERE period.kind = 'provider_policy'
    ) AS named
    GROUP BY named.provider
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
        reported.*,
        period.period_id,
        referral.end_of_period(reported.received_at, period.length_months, period.length_days) AS ends_at,
        referral.end_of_period(reported.received_at_latest, late.length_months, late.length_days) AS ends_at_latest,
        -- The newest entry is held against a start that nobody stated.
        list_filter(
            list_transform(
                coalesce(policy.periods, unnamed.periods, []),
                lambda entry: {
                    'entry': entry,
                    'starts_at': CASE entry.starts
                        WHEN 'report' THEN reported.received_at
                        WHEN 'incident' THEN reported.incident_at
                        WHEN 'deactivation' THEN reported.deactivated_at
                    END,
                    'starts_at_latest': CASE entry.starts
                        WHEN 'report' THEN reported.received_at_latest
                        WHEN 'incident' THEN reported.incident_at_latest
                        WHEN 'deactivation' THEN reported.deactivated_at_latest
                    END
                }
            ),
            lambda begun:
                coalesce(referral.utc_day(begun.starts_at), DATE '9999-12-30') >= begun.entry.valid_from
                AND coalesce(referral.utc_day(begun.starts_at), DATE '9999-12-30') < begun.entry.valid_until
        ) AS policies
    FROM reported
    LEFT JOIN period
        ON period.kind = 'provider_preservation'
        AND referral.utc_day(reported.received_at) >= period.valid_from
        AND referral.utc_day(reported.received_at) < period.valid_until
    -- Another law can have come into force between the two ends of an interval.
    LEFT JOIN period AS late
        ON late.kind = 'provider_preservation'
        AND referral.utc_day(reported.received_at_latest) >= late.valid_from
        AND referral.utc_day(reported.received_at_latest) < late.valid_until
    LEFT JOIN policy ON reported.provider = policy.provider
    LEFT JOIN policy AS unnamed ON unnamed.provider IS NULL
)
SELECT
    running.version_id,
    list_concat(
        [
            {
                'kind': 'provider_preservation',
                'period_id': running.period_id,
                'ip_event_no': CAST(NULL AS INTEGER),
                'starts_at': running.received_at,
                'last_on': referral.utc_day(running.ends_at),
                -- The clock started when the provider submitted; we know when NCMEC received it.
                'is_start_estimated': true,
                'is_country_assumed': false,
                'ends_at': running.ends_at,
                'starts_at_latest': running.received_at_latest,
                'last_on_latest': referral.utc_day(running.ends_at_latest),
                'is_counted': true,
                'ip_address': CAST(NULL AS VARCHAR),
                'source_format': CAST(NULL AS VARCHAR)
            }
        ],
        list_transform(
            running.policies,
            lambda begun: {
                'kind': 'provider_policy',
                'period_id': begun.entry.period_id,
                'ip_event_no': CAST(NULL AS INTEGER),
                'starts_at': begun.starts_at,
                'last_on': referral.utc_day(
                    referral.end_of_period(begun.starts_at, begun.entry.length_months, begun.entry.length_days)
                ),
                'is_start_estimated': true,
                'is_country_assumed': false,
                'ends_at': referral.end_of_period(begun.starts_at, begun.entry.length_months, begun.entry.length_days),
                'starts_at_latest': begun.starts_at_latest,
                'last_on_latest': referral.utc_day(
                    referral.end_of_period(begun.starts_at_latest, begun.entry.length_months, begun.entry.length_days)
                ),
                'is_counted': begun.entry.is_counted,
                'ip_address': CAST(NULL AS VARCHAR),
                'source_format': CAST(NULL AS VARCHAR)
            }
        )
    ) AS preservation_clocks
FROM running
