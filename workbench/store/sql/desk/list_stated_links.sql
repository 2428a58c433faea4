-- name:   desk/list_stated_links
-- grain:  one row per report that this version names as earlier, here or not, and per referral that names this one
-- params: $version_id VARCHAR
-- reads:  referral.report_version, referral.current_provider_name, referral.prior_report, desk.decision
--         (not the view of what is current: a few referrals are looked up faster than all)
-- order:  newest received first, reports that are not here last; ties by kind, number and referral_id
WITH here AS (
    SELECT
        version.referral_id,
        version.source_system,
        version.report_number
    FROM referral.report_version AS version
    WHERE version.version_id = $version_id
),

named AS (
    SELECT DISTINCT
        prior.prior_report_number AS report_number,
        here.source_system
    FROM referral.prior_report AS prior
    CROSS JOIN here
    WHERE
        prior.version_id = $version_id
        AND prior.prior_report_number IS DISTINCT FROM here.report_number
),

stated AS MATERIALIZED (
    SELECT
        'prior_report_number' AS kind,
        named.report_number AS evidence,
        version.version_id
    FROM named
    LEFT JOIN referral.report_version AS version
        ON named.report_number = version.report_number
        AND named.source_system = version.source_system
    UNION
    SELECT
        'named_by_report_number' AS kind,
        here.report_number AS evidence,
        version.version_id
    FROM here
    INNER JOIN referral.prior_report AS prior ON here.report_number = prior.prior_report_number
    INNER JOIN referral.report_version AS version
        ON prior.version_id = version.version_id
        AND here.source_system = version.source_system
        AND here.referral_id <> version.referral_id
),

decision AS (
    SELECT
        decision.referral_id,
        arg_max_null(decision.disposition, (decision.decided_at, decision.decision_id)) AS disposition,
        max(decision.decided_at) AS decided_at
    FROM desk.decision
    WHERE decision.referral_id IN (
        SELECT version.referral_id
        FROM stated
        INNER JOIN referral.report_version AS version ON stated.version_id = version.version_id
    )
    GROUP BY decision.referral_id
)

SELECT
    stated.kind,
    'stated' AS strength,
    stated.evidence,
    other.referral_id,
    other.report_number,
    coalesce(provider_name.provider, other.provider_as_written) AS provider,
    other.received_at,
    decision.disposition,
    CASE WHEN decision.disposition IS NOT NULL THEN decision.decided_at END AS decided_at
FROM stated
LEFT JOIN referral.report_version AS other ON stated.version_id = other.version_id
ANTI JOIN referral.report_version AS newer
    ON other.referral_id = newer.referral_id
    AND newer.version > other.version
    AND newer.passed_over IS NULL
LEFT JOIN referral.current_provider_name AS provider_name
    ON other.provider_as_written = provider_name.name_as_written
LEFT JOIN decision ON other.referral_id = decision.referral_id
WHERE other.passed_over IS NULL
ORDER BY other.received_at DESC NULLS LAST, stated.kind, stated.evidence, other.referral_id
