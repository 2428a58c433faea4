-- name:   desk/list_providers
-- grain:  one row per canonical provider of any referral's newest version
-- params: none
-- reads:  referral.current_version, referral.current_provider_name
-- order:  name, case folded; ties by name
SELECT DISTINCT coalesce(provider_name.provider, version.provider_as_written) AS provider
FROM referral.current_version AS version
LEFT JOIN referral.current_provider_name AS provider_name
    ON version.provider_as_written = provider_name.name_as_written
WHERE coalesce(provider_name.provider, version.provider_as_written) IS NOT NULL
ORDER BY lower(provider), provider
