-- name:   assess/select_preservation_facts
-- grain:  one row per version to assess: until when its provider must keep a copy
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.retention_period
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
started AS (
    SELECT
        target.version_id,
        target.received_at
        - CASE WHEN target.received_at_zone_stated THEN INTERVAL 0 HOUR ELSE INTERVAL 14 HOUR END AS starts_at
    FROM target
)
SELECT
    started.version_id,
    [
        {
            'kind': 'provider_preservation',
            'period_id': period.period_id,
            'ip_event_no': CAST(NULL AS INTEGER),
            'starts_at': started.starts_at,
            'last_on': CAST(
                started.starts_at
                + CASE
                    WHEN period.length_months IS NOT NULL THEN to_months(period.length_months)
                    ELSE to_days(period.length_days)
                END
                AS DATE
            ),
            -- The clock started when the provider submitted; we know when NCMEC received it.
            'is_start_estimated': true,
            'is_country_assumed': false
        }
    ] AS preservation_clocks
FROM started
LEFT JOIN referral.retention_period AS period
    ON period.rulebook_hash = $rulebook_hash
    AND period.kind = 'provider_preservation'
    AND CAST(started.starts_at AS DATE) >= coalesce(period.valid_from, DATE '0001-01-01')
    AND CAST(started.starts_at AS DATE) < coalesce(period.valid_until, DATE '9999-12-31')
