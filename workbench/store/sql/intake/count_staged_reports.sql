-- name:   intake/count_staged_reports
-- grain:  one row
-- params: none
-- reads:  staged_report, temp.new_version
-- order:  none
SELECT
    count(*) FILTER (WHERE new_version.version = 1) AS loaded,
    count(*) FILTER (WHERE new_version.version > 1) AS new_versions,
    count(*) FILTER (WHERE new_version.version IS NULL) AS duplicates
FROM staged_report
LEFT JOIN temp.new_version ON staged_report.version_id = new_version.version_id;
