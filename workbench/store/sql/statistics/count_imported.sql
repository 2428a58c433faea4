-- name:   statistics/count_imported
-- grain:  one row per row of the published table and year in which referrals were received
-- params: $day_after DATE (first day that no longer counts), $time_zone VARCHAR, $provider_names VARCHAR[],
--         $row_names VARCHAR[] (side by side with $provider_names), $rest_row VARCHAR
-- reads:  referral.report_version, referral.provider_name, referral.provider_name_ruling, desk.decision
-- order:  provider row, year
WITH table_row AS (
    SELECT
        unnest(CAST($provider_names AS VARCHAR[])) AS provider,
        unnest(CAST($row_names AS VARCHAR[])) AS row_name
),

decision_then AS (
    SELECT
        decision.referral_id,
        arg_max_null(decision.disposition, (decision.decided_at, decision.decision_id)) AS disposition
    FROM desk.decision
    WHERE timezone($time_zone, decision.decided_at) < $day_after
    GROUP BY decision.referral_id
),

-- What was known then; of what was loaded only later, such as an archive, its first version.
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
),

received AS (
    SELECT
        report_version.referral_id,
        timezone($time_zone, report_version.received_at) AS received_local,
        coalesce(provider_name.provider, report_version.provider_as_written) AS provider
    FROM version_then
    INNER JOIN referral.report_version
        ON version_then.referral_id = report_version.referral_id
        AND version_then.version = report_version.version
    LEFT JOIN referral.provider_name_as_of($day_after, $time_zone) AS provider_name
        ON report_version.provider_as_written = provider_name.name_as_written
    WHERE
        timezone($time_zone, report_version.received_at) < $day_after
        -- Hotlines, monitors and banks are no providers, and their reports no part of a provider's rate.
        AND referral.kind_of_format(report_version.source_format) IS NULL
)

SELECT
    coalesce(table_row.row_name, $rest_row) AS provider,
    year(received.received_local) AS year,
    count(*) AS received,
    count(decision_then.disposition) AS decided,
    count(*) FILTER (decision_then.disposition = 'imported') AS imported
FROM received
LEFT JOIN table_row ON received.provider = table_row.provider
LEFT JOIN decision_then ON received.referral_id = decision_then.referral_id
GROUP BY coalesce(table_row.row_name, $rest_row), year(received.received_local)
ORDER BY provider, year
