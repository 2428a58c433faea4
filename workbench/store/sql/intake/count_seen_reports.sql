-- name:   intake/count_seen_reports
-- grain:  one row; only_number is the number that parts state when all state the same
-- params: none
-- reads:  seen_file, wanted_number
-- order:  none
SELECT
    (
        SELECT count(*)
        FROM seen_file
    ) AS file_count,
    (
        SELECT count(*)
        FROM seen_file
        WHERE seen_file.holds = 'part'
    ) AS part_count,
    (
        SELECT count(*)
        FROM seen_file
        WHERE seen_file.holds = 'report'
    ) AS report_count,
    count(*) AS wanted_count,
    CASE WHEN count(*) = 1 THEN max(wanted_number.number) END AS only_number
FROM wanted_number;
