-- name:   desk/show_provider_name
-- grain:  one row, or none: which provider a written name stands for, who says so and since when
-- params: $name_as_written VARCHAR
-- reads:  referral.provider_name, referral.provider_name_ruling
-- order:  one row
SELECT
    coalesce(ruled.provider, placed.provider) AS provider,
    CASE WHEN ruled.provider IS NULL THEN placed.matched_by ELSE ruled.ruling END AS said_by,
    CASE WHEN ruled.provider IS NULL THEN placed.recorded_at ELSE ruled.ruled_at END AS said_at,
    CASE WHEN ruled.provider IS NOT NULL THEN ruled.ruled_by END AS ruled_by,
    CASE WHEN ruled.provider IS NULL THEN placed.score END AS score,
    ruled.provider IS NULL AND placed.needs_review AS needs_review
FROM (
    SELECT
        provider_name.provider,
        provider_name.matched_by,
        provider_name.score,
        provider_name.needs_review,
        provider_name.recorded_at
    FROM referral.provider_name
    WHERE provider_name.name_as_written = $name_as_written
    ORDER BY provider_name.recorded_at DESC
    LIMIT 1
) AS placed
LEFT JOIN (
    SELECT
        ruling.ruling,
        ruling.provider,
        ruling.ruled_by,
        ruling.ruled_at
    FROM referral.provider_name_ruling AS ruling
    WHERE ruling.name_as_written = $name_as_written
    ORDER BY ruling.ruled_at DESC, ruling.ruling_id DESC
    LIMIT 1
) AS ruled ON true
