-- name:   enrich/list_new_provider_names
-- grain:  one row per written provider name that nobody has placed yet
-- params: none
-- reads:  referral.report_version, referral.provider_name
-- order:  name_as_written
SELECT DISTINCT report_version.provider_as_written AS name_as_written
FROM referral.report_version
WHERE report_version.provider_as_written IS NOT NULL
    AND report_version.provider_as_written NOT IN (
        SELECT provider_name.name_as_written FROM referral.provider_name
    )
ORDER BY name_as_written;
