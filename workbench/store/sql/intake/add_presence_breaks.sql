-- name:   intake/add_presence_breaks
-- grain:  one row per field that broke with the past in one import
-- params: none
-- reads:  staged_row
-- writes: referral.presence_break
-- order:  none
INSERT INTO referral.presence_break (
    batch_id, told_at, provider, source_format, source_system, field, change, since_at,
    past_count, past_filled_count, recent_count, recent_filled_count
)
SELECT
    staged_row.batch_id,
    staged_row.told_at,
    staged_row.provider,
    staged_row.source_format,
    staged_row.source_system,
    staged_row.field,
    staged_row.change,
    staged_row.since_at,
    staged_row.past_count,
    staged_row.past_filled_count,
    staged_row.recent_count,
    staged_row.recent_filled_count
FROM staged_row;
