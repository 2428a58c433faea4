-- name:   enrich/list_provider_names_for_review
-- grain:  one row per written name that a person should look at
-- params: none
-- reads:  referral.current_provider_name, referral.current_version
-- order:  most referrals first, then name_as_written
SELECT
    provider_name.name_as_written,
    provider_name.provider,
    provider_name.matched_by,
    provider_name.score,
    count(version.referral_id) AS referral_count
FROM referral.current_provider_name AS provider_name
LEFT JOIN referral.current_version AS version
    ON provider_name.name_as_written = version.provider_as_written
WHERE provider_name.needs_review
GROUP BY ALL
ORDER BY referral_count DESC, name_as_written;
