-- name:   assess/select_fact_sets
-- grain:  one row per given set of fact values
-- params: $fact_sets VARCHAR[]
-- reads:  nothing
-- order:  set_no, its place in the list
SELECT
    unnest(range(1, len($fact_sets) + 1)) AS set_no,
    CAST(unnest($fact_sets) AS JSON) AS facts
ORDER BY set_no
