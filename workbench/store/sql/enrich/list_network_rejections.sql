-- name:   enrich/list_network_rejections
-- grain:  one row per line of one load that is not a range, the first 1,000
-- params: $feed_id UUID
-- reads:  referral.network_rejection
-- order:  place as in the file where it is a line number
SELECT
    rejection.place,
    rejection.reason,
    rejection.remedy
FROM referral.network_rejection AS rejection
WHERE rejection.feed_id = $feed_id
ORDER BY TRY_CAST(replace(rejection.place, 'line ', '') AS INTEGER) NULLS LAST, rejection.place, rejection.reason
