-- name:   intake/count_set_aside
-- grain:  one row per kind of thing that an import set aside
-- params: $batch_id VARCHAR
-- reads:  referral.set_aside
-- order:  kind
SELECT
    set_aside.kind,
    count(*) AS count,
    sum(set_aside.byte_count)::BIGINT AS byte_count
FROM referral.set_aside
WHERE set_aside.batch_id = $batch_id
GROUP BY set_aside.kind
ORDER BY set_aside.kind;
