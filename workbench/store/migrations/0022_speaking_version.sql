-- Which copy speaks for a format, said once: up to here the view and the list of a report's versions each had the rule.
-- The copies of one format, in the order in which they came -> the version of the one that the rule of 0008 lets stand.
CREATE MACRO referral.speaking_version(versions, copies) AS
    list_max([pair[1] FOR pair IN list_zip(versions, referral.weigh_copies(copies)) IF pair[2] IS NULL]);

-- As in 0020.
CREATE OR REPLACE VIEW referral.current_source AS
WITH standing AS (
    SELECT
        report_version.referral_id,
        max(report_version.version) FILTER (report_version.passed_over IS NULL) AS version,
        arg_max(report_version.source_format, report_version.version)
            FILTER (report_version.passed_over IS NULL) AS source_format,
        count(*) AS copy_count
    FROM referral.report_version
    GROUP BY report_version.referral_id
),
source AS (
    SELECT
        standing.referral_id,
        standing.version,
        true AS is_current
    FROM standing
    UNION ALL
    -- Only where there is a choice: most reports have one copy.
    SELECT
        report_version.referral_id,
        referral.speaking_version(
            list(report_version.version ORDER BY report_version.version),
            list(
                referral.copy_to_weigh(
                    report_version.source_format, report_version.processed_at, report_version.made_available_at
                )
                ORDER BY report_version.version
            )
        ) AS version,
        false AS is_current
    FROM referral.report_version
    INNER JOIN standing ON report_version.referral_id = standing.referral_id
    WHERE standing.copy_count > 1 AND report_version.source_format <> standing.source_format
    GROUP BY report_version.referral_id, report_version.source_format
)
SELECT
    report_version.*,
    source.is_current
FROM source
INNER JOIN referral.report_version
    ON source.referral_id = report_version.referral_id
    AND source.version = report_version.version;
COMMENT ON VIEW referral.current_source IS 'The copies of each report that count: its current version (is_current) and, of every other format, the copy that speaks for it';
