-- name:   enrich/add_network_rejections
-- grain:  one row per line that is not a range
-- params: $feed_id UUID
-- reads:  staged_row
-- writes: referral.network_rejection
-- order:  none
INSERT INTO referral.network_rejection (feed_id, place, reason, remedy)
SELECT
    $feed_id,
    staged_row.place,
    staged_row.reason,
    staged_row.remedy
FROM staged_row;
