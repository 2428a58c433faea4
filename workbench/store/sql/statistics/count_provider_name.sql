-- name:   statistics/count_provider_name
-- grain:  one row per year in which referrals with this written provider name were received
-- params: $name_as_written VARCHAR, $day_after DATE (first day that no longer counts), $time_zone VARCHAR
-- reads:  referral.report_version, desk.decision
-- order:  year
WITH decision_then AS (
    SELECT
        decision.referral_id,
        arg_max_null(decision.disposition, (decision.decided_at, decision.decision_id)) AS disposition
    FROM desk.decision
    WHERE timezone($time_zone, decision.decided_at) < $day_after
    GROUP BY decision.referral_id
),

-- As in statistics/count_imported: what was known then.
version_then AS (
    SELECT
        report_version.referral_id,
        coalesce(
            max(report_version.version) FILTER (
                timezone($time_zone, report_version.loaded_at) < $day_after AND report_version.passed_over IS NULL
            ),
            min(report_version.version)
        ) AS version
    FROM referral.report_version
    GROUP BY report_version.referral_id
)

SELECT
    year(timezone($time_zone, report_version.received_at)) AS year,
    count(*) AS received,
    count(*) FILTER (decision_then.disposition = 'imported') AS imported
FROM version_then
INNER JOIN referral.report_version
    ON version_then.referral_id = report_version.referral_id
    AND version_then.version = report_version.version
LEFT JOIN decision_then ON report_version.referral_id = decision_then.referral_id
WHERE
    report_version.provider_as_written = $name_as_written
    AND timezone($time_zone, report_version.received_at) < $day_after
GROUP BY year(timezone($time_zone, report_version.received_at))
ORDER BY year
