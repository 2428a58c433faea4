-- name:   statistics/list_cell
-- grain:  one row per referral counted in one cell of the published table, one page of them
-- params: $day_after DATE (first day that no longer counts), $time_zone VARCHAR, $provider_names VARCHAR[],
--         $row_names VARCHAR[] (side by side with $provider_names), $rest_row VARCHAR,
--         $row_name VARCHAR (null: every row), $year INTEGER, $row_limit INTEGER, $row_offset INTEGER
-- reads:  referral.report_version, referral.provider_name, referral.provider_name_ruling, desk.decision
-- order:  newest received first; ties by referral_id
WITH table_row AS (
    SELECT
        unnest(CAST($provider_names AS VARCHAR[])) AS provider,
        unnest(CAST($row_names AS VARCHAR[])) AS row_name
),

decision_then AS (
    SELECT
        decision.referral_id,
        arg_max_null(
            {
                'disposition': decision.disposition,
                'reason_code': decision.reason_code,
                'decided_at': decision.decided_at
            },
            (decision.decided_at, decision.decision_id)
        ) AS said
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
    report_version.referral_id,
    report_version.report_number,
    coalesce(provider_name.provider, report_version.provider_as_written) AS provider,
    report_version.received_at,
    decision_then.said.disposition AS disposition,
    decision_then.said.reason_code AS reason_code,
    CASE WHEN decision_then.said.disposition IS NOT NULL THEN decision_then.said.decided_at END AS decided_at
FROM version_then
INNER JOIN referral.report_version
    ON version_then.referral_id = report_version.referral_id
    AND version_then.version = report_version.version
LEFT JOIN referral.provider_name_as_of($day_after, $time_zone) AS provider_name
    ON report_version.provider_as_written = provider_name.name_as_written
LEFT JOIN table_row
    ON coalesce(provider_name.provider, report_version.provider_as_written) = table_row.provider
LEFT JOIN decision_then ON report_version.referral_id = decision_then.referral_id
WHERE
    timezone($time_zone, report_version.received_at) < $day_after
    AND referral.kind_of_format(report_version.source_format) IS NULL
    AND year(timezone($time_zone, report_version.received_at)) = $year
    AND ($row_name IS NULL OR coalesce(table_row.row_name, $rest_row) = $row_name)
ORDER BY report_version.received_at DESC, report_version.referral_id
LIMIT $row_limit OFFSET $row_offset
