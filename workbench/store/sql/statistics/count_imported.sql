-- name:   statistics/count_imported
-- grain:  one row per row of the published table and year in which referrals were received
-- params: $day_after DATE (first day that no longer counts), $time_zone VARCHAR, $provider_names VARCHAR[],
--         $row_names VARCHAR[] (side by side with $provider_names), $rest_row VARCHAR
-- reads:  referral.received_as_of
-- order:  provider row, year
WITH table_row AS (
    SELECT
        unnest(CAST($provider_names AS VARCHAR[])) AS provider,
        unnest(CAST($row_names AS VARCHAR[])) AS row_name
)

SELECT
    coalesce(table_row.row_name, $rest_row) AS provider,
    received.received_year AS year,
    count(*) AS received,
    count(received.disposition) AS decided,
    count(*) FILTER (received.disposition = 'imported') AS imported
FROM referral.received_as_of($day_after, $time_zone) AS received
LEFT JOIN table_row ON received.provider = table_row.provider
GROUP BY coalesce(table_row.row_name, $rest_row), received.received_year
ORDER BY provider, year
