-- name:   statistics/count_provider_name
-- grain:  one row per year in which referrals with this written provider name were received
-- params: $name_as_written VARCHAR, $day_after DATE (first day that no longer counts), $time_zone VARCHAR
-- reads:  referral.received_as_of
-- order:  year
SELECT
    received.received_year AS year,
    count(*) AS received,
    count(*) FILTER (received.disposition = 'imported') AS imported
FROM referral.received_as_of($day_after, $time_zone) AS received
WHERE received.provider_as_written = $name_as_written
GROUP BY received.received_year
ORDER BY year
