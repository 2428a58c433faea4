-- name:   enrich/list_provider_rulings
-- grain:  one row per ruling about a written provider name
-- params: none
-- reads:  referral.provider_name_ruling
-- order:  newest first; ties by name_as_written
SELECT
    ruling.name_as_written,
    ruling.ruling,
    ruling.provider,
    ruling.ruled_by,
    ruling.ruled_at,
    ruling.note,
    ruling.ruling <> 'undone' AND row_number() OVER (
        PARTITION BY ruling.name_as_written
        ORDER BY ruling.ruled_at DESC, ruling.ruling_id DESC
    ) = 1 AS stands
FROM referral.provider_name_ruling AS ruling
ORDER BY ruling.ruled_at DESC, ruling.name_as_written
