-- name:   enrich/add_network_segments
-- grain:  one row per piece of one list in which one range speaks
-- params: $feed_id UUID
-- reads:  staged_row
-- writes: referral.network_segment
-- order:  by address, so that a part of the list is read alone
INSERT INTO referral.network_segment (feed_id, segment_start, segment_end, range_no)
SELECT
    $feed_id,
    referral.key_of_halves(staged_row.start_high, staged_row.start_low) AS segment_start,
    referral.key_of_halves(staged_row.end_high, staged_row.end_low),
    staged_row.range_no
FROM staged_row
ORDER BY segment_start;
