-- name:   statistics/list_cell
-- grain:  one row per referral counted in one cell of the published table, one page of them
-- params: $day_after DATE (first day that no longer counts), $time_zone VARCHAR, $provider_names VARCHAR[],
--         $row_names VARCHAR[] (side by side with $provider_names), $rest_row VARCHAR,
--         $row_name VARCHAR (null: every row), $year INTEGER, $row_limit INTEGER, $row_offset INTEGER
-- reads:  referral.received_as_of
-- order:  newest received first; ties by referral_id
WITH table_row AS (
    SELECT
        unnest(CAST($provider_names AS VARCHAR[])) AS provider,
        unnest(CAST($row_names AS VARCHAR[])) AS row_name
)

SELECT
    received.referral_id,
    received.report_number,
    received.provider,
    received.received_at,
    received.disposition,
    received.reason_code,
    received.decided_at
FROM referral.received_as_of($day_after, $time_zone) AS received
LEFT JOIN table_row ON received.provider = table_row.provider
WHERE
    received.received_year = $year
    AND ($row_name IS NULL OR coalesce(table_row.row_name, $rest_row) = $row_name)
ORDER BY received.received_at DESC, received.referral_id
LIMIT $row_limit OFFSET $row_offset
