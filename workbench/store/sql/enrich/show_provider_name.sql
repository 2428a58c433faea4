-- name:   enrich/show_provider_name
-- grain:  one row, the name as it stands; none when no source wrote it
-- params: $name_as_written VARCHAR
-- reads:  referral.current_provider_name
-- order:  one row
SELECT
    provider_name.name_as_written,
    provider_name.provider,
    provider_name.matched_by,
    provider_name.score,
    provider_name.needs_review
FROM referral.current_provider_name AS provider_name
WHERE provider_name.name_as_written = $name_as_written
