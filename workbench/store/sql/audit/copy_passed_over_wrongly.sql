-- name:   audit/copy_passed_over_wrongly
-- grain:  one row per version whose place is not the one that the rule of migration 0008 gives it
-- params: none
-- reads:  referral.report_version
-- order:  version_id
WITH weighed AS (
    SELECT
        unnest(report.version_ids) AS version_id,
        unnest(report.passed_over) AS passed_over,
        unnest(referral.weigh_copies(report.copies)) AS by_the_rule
    FROM (
        SELECT
            list(report_version.version_id ORDER BY report_version.version) AS version_ids,
            list(report_version.passed_over ORDER BY report_version.version) AS passed_over,
            list(
                referral.copy_to_weigh(
                    report_version.source_format, report_version.processed_at, report_version.made_available_at
                ) ORDER BY report_version.version
            ) AS copies
        FROM referral.report_version
        GROUP BY report_version.referral_id
        HAVING count(*) > 1 OR any_value(report_version.passed_over) IS NOT NULL
    ) AS report
)
SELECT weighed.version_id
FROM weighed
WHERE weighed.passed_over IS DISTINCT FROM weighed.by_the_rule
ORDER BY weighed.version_id;
