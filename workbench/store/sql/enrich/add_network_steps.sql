-- name:   enrich/add_network_steps
-- grain:  one row per stretch of addresses of which the current lists say the same
-- params: none
-- reads:  referral.network_segment, referral.current_network_feed
-- writes: referral.network_step
-- order:  by address
INSERT INTO referral.network_step (step_no, step_start)
WITH segment AS (
    SELECT
        network_segment.segment_start,
        network_segment.segment_end
    FROM referral.network_segment
    INNER JOIN referral.current_network_feed AS feed ON network_segment.feed_id = feed.feed_id
)
SELECT
    row_number() OVER (ORDER BY place.address_key) AS step_no,
    place.address_key
FROM (
    SELECT CAST(0 AS UHUGEINT) AS address_key
    UNION
    SELECT segment.segment_start FROM segment
    UNION
    SELECT segment.segment_end + CAST(1 AS UHUGEINT)
    FROM segment
    -- After the last address there is no further one.
    WHERE segment.segment_end < CAST('340282366920938463463374607431768211455' AS UHUGEINT)
) AS place
ORDER BY step_no;
