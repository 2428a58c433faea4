-- name:   enrich/stage_touched_addresses
-- grain:  one row per known address inside the ranges of any of these loads, with its stretch
-- params: $feed_ids UUID[]
-- reads:  referral.current_network_lookup, referral.network_segment, referral.network_step
-- writes: network_found (temporary)
-- order:  none
CREATE OR REPLACE TEMP TABLE network_found AS
WITH taken_apart AS (
    SELECT
        lookup.ip_address,
        lookup.answer_id,
        lookup.looked_up_at,
        referral.address_parts(lookup.ip_address) AS parts
    FROM referral.current_network_lookup AS lookup
),
question AS (
    SELECT
        taken_apart.ip_address,
        referral.key_of_parts(taken_apart.parts) AS address_key,
        taken_apart.answer_id,
        taken_apart.looked_up_at,
        unnest(CAST($feed_ids AS UUID[])) AS feed_id
    FROM taken_apart
),
asked AS (
    SELECT DISTINCT
        question.ip_address,
        question.address_key,
        question.answer_id,
        question.looked_up_at
    FROM question
    ASOF INNER JOIN referral.network_segment AS segment
        ON question.feed_id = segment.feed_id
        AND question.address_key >= segment.segment_start
    WHERE question.address_key <= segment.segment_end
)
SELECT
    asked.ip_address,
    step.step_no,
    asked.answer_id AS earlier_answer_id,
    asked.looked_up_at AS earlier_looked_up_at
FROM asked
ASOF INNER JOIN referral.network_step AS step ON asked.address_key >= step.step_start
