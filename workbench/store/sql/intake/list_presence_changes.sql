-- name:   intake/list_presence_changes
-- grain:  one row per provider, format and field of this import that the past can be held against
-- params: $batch_id VARCHAR, $recent_reports BIGINT, $past_reports BIGINT
-- reads:  referral.presence, referral.presence_break
-- order:  provider, source_format, source_system, field
WITH this AS (
    SELECT
        presence.batch_id,
        presence.loaded_at,
        presence.provider,
        presence.source_format,
        presence.source_system,
        presence.field
    FROM referral.presence
    WHERE presence.batch_id = $batch_id AND presence.provider IS NOT NULL
),
-- Newest import first; after_count is how many reports later imports hold.
dated AS (
    SELECT
        presence.batch_id,
        presence.provider,
        presence.source_format,
        presence.source_system,
        presence.field,
        presence.base_count,
        presence.filled_count,
        presence.last_filled_at,
        presence.first_missing_at,
        presence.missing_since_at,
        presence.missing_run_count,
        coalesce(
            sum(presence.base_count) OVER (
                PARTITION BY presence.provider, presence.source_format, presence.source_system, presence.field
                ORDER BY presence.loaded_at DESC, presence.batch_id DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0
        ) AS after_count
    FROM referral.presence
    INNER JOIN this
        ON presence.provider = this.provider
        AND presence.source_format = this.source_format
        AND presence.source_system = this.source_system
        AND presence.field = this.field
        AND (presence.loaded_at, presence.batch_id) <= (this.loaded_at, this.batch_id)
),
told AS (
    SELECT
        presence_break.provider,
        presence_break.source_format,
        presence_break.source_system,
        presence_break.field,
        arg_max(presence_break.change, presence_break.told_at) AS change,
        arg_max(presence_break.past_filled_count / presence_break.past_count, presence_break.told_at) AS past_share
    FROM referral.presence_break
    GROUP BY ALL
)
SELECT
    dated.provider,
    dated.source_format,
    dated.source_system,
    dated.field,
    sum(dated.base_count) FILTER (dated.after_count < $recent_reports) AS recent_count,
    sum(dated.filled_count) FILTER (dated.after_count < $recent_reports) AS recent_filled_count,
    coalesce(sum(dated.base_count) FILTER (dated.after_count >= $recent_reports), 0) AS past_count,
    coalesce(sum(dated.filled_count) FILTER (dated.after_count >= $recent_reports), 0) AS past_filled_count,
    max(dated.missing_run_count) FILTER (dated.after_count = 0) AS run_count,
    max(dated.missing_since_at) FILTER (dated.after_count = 0) AS run_since_at,
    max(dated.last_filled_at) AS last_filled_at,
    min(dated.first_missing_at) FILTER (dated.after_count < $recent_reports) AS recent_missing_at,
    any_value(told.change) AS told_change,
    any_value(told.past_share) AS told_past_share
FROM dated
LEFT JOIN told
    ON dated.provider = told.provider
    AND dated.source_format = told.source_format
    AND dated.source_system = told.source_system
    AND dated.field = told.field
WHERE dated.after_count < $recent_reports + $past_reports
GROUP BY dated.provider, dated.source_format, dated.source_system, dated.field
ORDER BY dated.provider, dated.source_format, dated.source_system, dated.field;
