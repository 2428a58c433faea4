-- name:   statistics/count_undated
-- grain:  one row
-- params: $day_after DATE (first day that no longer counts), $time_zone VARCHAR
-- reads:  referral.report_version
-- order:  one row
WITH version_then AS (
    SELECT
        report_version.referral_id,
        arg_max_null(report_version.received_at, report_version.version) AS received_at
    FROM referral.report_version
    WHERE timezone($time_zone, report_version.loaded_at) < $day_after
        AND report_version.passed_over IS NULL
        AND referral.kind_of_format(report_version.source_format) IS NULL
    GROUP BY report_version.referral_id
)
SELECT count(*) AS undated
FROM version_then
WHERE version_then.received_at IS NULL
