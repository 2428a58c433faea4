-- name:   intake/add_presence
-- grain:  one row per import, provider, format and field that a report of them could fill
-- params: $batches VARCHAR[]
-- reads:  referral.field_presence
-- writes: referral.presence
-- order:  none
INSERT INTO referral.presence (
    batch_id, loaded_at, provider, source_format, source_system, field, base_count, filled_count,
    last_filled_at, first_missing_at, missing_since_at, missing_run_count
)
WITH counted AS (
    SELECT
        found.batch_id,
        max(found.loaded_at) AS loaded_at,
        found.provider,
        found.source_format,
        found.source_system,
        found.field,
        count(*) AS base_count,
        count(*) FILTER (found.is_filled) AS filled_count,
        max(found.received_at) FILTER (found.is_filled) AS last_filled_at,
        list(found.received_at) FILTER (NOT found.is_filled) AS missing_at
    FROM referral.field_presence($batches) AS found
    WHERE found.is_base
    GROUP BY found.batch_id, found.provider, found.source_format, found.source_system, found.field
),
run AS (
    SELECT
        counted.*,
        CASE
            WHEN counted.last_filled_at IS NULL THEN counted.missing_at
            ELSE list_filter(counted.missing_at, lambda moment: moment > counted.last_filled_at)
        END AS run_at
    FROM counted
)
SELECT
    run.batch_id,
    run.loaded_at,
    run.provider,
    run.source_format,
    run.source_system,
    run.field,
    run.base_count,
    run.filled_count,
    run.last_filled_at,
    list_min(run.missing_at) AS first_missing_at,
    list_min(run.run_at) AS missing_since_at,
    coalesce(len(run.run_at), 0) AS missing_run_count
FROM run;
