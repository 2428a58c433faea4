-- What the import rate counts, said once: each referral of a provider as it was known on a day, and what had been decided.
CREATE MACRO referral.received_as_of(day_after, time_zone) AS TABLE
    WITH decision_then AS (
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
        WHERE timezone(time_zone, decision.decided_at) < day_after
        GROUP BY decision.referral_id
    ),
    -- What was known then; of what was loaded only later, such as an archive, its first version.
    version_then AS (
        SELECT
            report_version.referral_id,
            coalesce(
                max(report_version.version) FILTER (
                    timezone(time_zone, report_version.loaded_at) < day_after AND report_version.passed_over IS NULL
                ),
                min(report_version.version)
            ) AS version
        FROM referral.report_version
        GROUP BY report_version.referral_id
    )
    SELECT
        report_version.referral_id,
        report_version.report_number,
        report_version.provider_as_written,
        coalesce(provider_name.provider, report_version.provider_as_written) AS provider,
        report_version.received_at,
        year(timezone(time_zone, report_version.received_at)) AS received_year,
        decision_then.said.disposition AS disposition,
        decision_then.said.reason_code AS reason_code,
        CASE WHEN decision_then.said.disposition IS NOT NULL THEN decision_then.said.decided_at END AS decided_at
    FROM version_then
    INNER JOIN referral.report_version
        ON version_then.referral_id = report_version.referral_id
        AND version_then.version = report_version.version
    LEFT JOIN referral.provider_name_as_of(day_after, time_zone) AS provider_name
        ON report_version.provider_as_written = provider_name.name_as_written
    LEFT JOIN decision_then ON report_version.referral_id = decision_then.referral_id
    WHERE
        timezone(time_zone, report_version.received_at) < day_after
        -- Hotlines, monitors and banks are no providers, and their reports no part of a provider's rate.
        AND referral.kind_of_format(report_version.source_format) IS NULL;
