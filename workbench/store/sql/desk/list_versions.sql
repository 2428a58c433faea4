-- name:   desk/list_versions
-- grain:  one row per version of one referral
-- params: $referral_id VARCHAR
-- reads:  referral.report_version, referral.source_file, desk.decision
-- order:  newest first
WITH copy AS (
    SELECT
        report_version.version,
        report_version.version_id,
        report_version.loaded_at,
        report_version.batch_id,
        report_version.source_file_id,
        report_version.source_format,
        report_version.source_path,
        report_version.passed_over,
        report_version.received_at,
        report_version.processed_at,
        report_version.made_available_at,
        referral.copy_to_weigh(
            report_version.source_format, report_version.processed_at, report_version.made_available_at
        ) AS weighed
    FROM referral.report_version
    WHERE report_version.referral_id = $referral_id
),

-- Which copy stood when this one came, and which came before it in its own format.
placed AS (
    SELECT
        copy.*,
        max(copy.version) FILTER (copy.passed_over IS NULL) OVER before AS stood_before,
        max(copy.version) FILTER (copy.passed_over IS NULL) OVER () AS current_version,
        arg_max(copy.source_format, copy.version) FILTER (copy.passed_over IS NULL) OVER () AS current_format,
        max(copy.processed_at) FILTER (copy.passed_over IS NULL) OVER before AS processed_before,
        max(copy.made_available_at) FILTER (copy.passed_over IS NULL) OVER before AS made_available_before,
        max(copy.version) OVER (
            PARTITION BY copy.source_format ORDER BY copy.version ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS same_format_before
    FROM copy
    WINDOW before AS (ORDER BY copy.version ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),

speaker AS (
    SELECT
        referral.speaking_version(
            list(copy.version ORDER BY copy.version), list(copy.weighed ORDER BY copy.version)
        ) AS version
    FROM copy
    GROUP BY copy.source_format
),

decided AS (
    SELECT
        decision.version_seen,
        decision.decided_at,
        decision.origin
    FROM (
        SELECT decision.*
        FROM desk.decision
        WHERE decision.referral_id = $referral_id
        ORDER BY decision.decided_at DESC, decision.decision_id DESC
        LIMIT 1
    ) AS decision
    WHERE decision.disposition IS NOT NULL
)

SELECT
    placed.version,
    placed.version_id,
    placed.loaded_at,
    placed.batch_id,
    placed.source_format,
    source_file.file_name AS file,
    placed.source_path,
    placed.received_at,
    coalesce(placed.processed_at, placed.made_available_at) AS made_at,
    -- The two times that were weighed against each other.
    CASE
        WHEN placed.processed_at <> placed.processed_before THEN placed.processed_at ELSE placed.made_available_at
    END AS weighed_at,
    CASE
        WHEN placed.processed_at <> placed.processed_before THEN placed.processed_before
        ELSE placed.made_available_before
    END AS weighed_against,
    placed.version = placed.current_version AS is_current,
    placed.version IN (SELECT speaker.version FROM speaker) AS speaks_for_format,
    CASE
        WHEN placed.passed_over IS NOT NULL THEN NULL
        WHEN placed.stood_before IS NULL THEN 'first'
        WHEN placed.weighed.format_rank < 8 AND standing.weighed.format_rank >= 8 THEN 'complete_form'
        WHEN referral.compare_age(placed.weighed, standing.weighed, INTERVAL 0 DAY) > 0
            AND (
                placed.source_format = standing.source_format
                OR referral.compare_age(placed.weighed, standing.weighed, INTERVAL 1 DAY) > 0
            ) THEN 'newer_document'
        WHEN placed.source_format = standing.source_format THEN 'changed_copy'
        ELSE 'preferred_format'
    END AS why_current,
    placed.passed_over,
    placed.stood_before,
    coalesce(
        placed.same_format_before, CASE WHEN placed.passed_over IS NULL THEN placed.stood_before END
    ) AS compared_with,
    -- By the rule of desk.changed_since_decision (migration 0021), which says it of the referral.
    coalesce(
        placed.version > decided.version_seen
        AND CASE
            WHEN decided.origin = 'source'
                THEN greatest(placed.processed_at, placed.made_available_at) > decided.decided_at
            WHEN placed.passed_over IS NOT NULL
                THEN placed.loaded_at > decided.decided_at
                AND placed.source_format <> placed.current_format
                AND placed.version IN (SELECT speaker.version FROM speaker)
            ELSE true
        END,
        false
    ) AS is_since_decision
FROM placed
LEFT JOIN decided ON true
LEFT JOIN placed AS standing ON placed.stood_before = standing.version
LEFT JOIN referral.source_file
    ON placed.source_file_id = source_file.source_file_id
ORDER BY placed.version DESC, placed.version_id
