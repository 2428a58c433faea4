-- name:   enrich/add_network_mentions
-- grain:  one row per stretch of addresses and list that speaks of it
-- params: none
-- reads:  referral.network_segment, referral.current_network_feed, referral.network_step
-- writes: referral.network_mention
-- order:  by address
INSERT INTO referral.network_mention (step_no, feed_id, range_no)
WITH segment AS (
    SELECT
        network_segment.feed_id,
        network_segment.range_no,
        network_segment.segment_start,
        CASE
            WHEN network_segment.segment_end < CAST('340282366920938463463374607431768211455' AS UHUGEINT)
                THEN network_segment.segment_end + CAST(1 AS UHUGEINT)
        END AS after_end
    FROM referral.network_segment
    INNER JOIN referral.current_network_feed AS feed ON network_segment.feed_id = feed.feed_id
)
SELECT
    unnest(
        range(
            first_step.step_no,
            coalesce(after_step.step_no, (SELECT max(step.step_no) + 1 FROM referral.network_step AS step))
        )
    ) AS step_no,
    segment.feed_id,
    segment.range_no
FROM segment
INNER JOIN referral.network_step AS first_step ON segment.segment_start = first_step.step_start
LEFT JOIN referral.network_step AS after_step ON segment.after_end = after_step.step_start
ORDER BY step_no;
