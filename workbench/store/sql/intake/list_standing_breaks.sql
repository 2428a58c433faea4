-- name:   intake/list_standing_breaks
-- grain:  one row per field that a provider stopped filling and has not begun again
-- params: none
-- reads:  referral.presence_break
-- order:  newest first, then provider, format, numbering, field
SELECT
    newest.told.batch_id AS batch_id,
    newest.told.told_at AS told_at,
    newest.provider,
    newest.source_format,
    newest.source_system,
    newest.field,
    newest.told.change AS change,
    newest.told.since_at AS since_at,
    newest.told.past_count AS past_count,
    newest.told.past_filled_count AS past_filled_count,
    newest.told.recent_count AS recent_count,
    newest.told.recent_filled_count AS recent_filled_count
FROM (
    SELECT
        presence_break.provider,
        presence_break.source_format,
        presence_break.source_system,
        presence_break.field,
        arg_max(presence_break, (presence_break.told_at, presence_break.batch_id)) AS told
    FROM referral.presence_break
    GROUP BY
        presence_break.provider,
        presence_break.source_format,
        presence_break.source_system,
        presence_break.field
) AS newest
WHERE newest.told.change <> 'back'
ORDER BY
    told_at DESC, newest.provider, newest.source_format, newest.source_system, newest.field;
