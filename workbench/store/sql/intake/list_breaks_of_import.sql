-- name:   intake/list_breaks_of_import
-- grain:  one row per field that broke with the past in an import
-- params: $batch_id VARCHAR
-- reads:  referral.presence_break
-- order:  provider, format, numbering, field
SELECT
    presence_break.provider,
    presence_break.source_format,
    presence_break.source_system,
    presence_break.field,
    presence_break.change,
    presence_break.since_at,
    presence_break.past_count,
    presence_break.past_filled_count,
    presence_break.recent_count,
    presence_break.recent_filled_count
FROM referral.presence_break
WHERE presence_break.batch_id = $batch_id
ORDER BY
    presence_break.provider,
    presence_break.source_format,
    presence_break.source_system,
    presence_break.field;
