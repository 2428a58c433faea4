-- name:   desk/list_links
-- grain:  one row per other referral and value that ties it to one version, and per named report that is not here
-- params: $version_id VARCHAR, $most_referrals INTEGER (a value that more referrals share ties nobody)
-- reads:  referral.current_version, referral.prior_report, referral.identifier, referral.party,
--         referral.current_provider_name, desk.current_decision
-- order:  stated before same value; then newest received first; ties by kind, evidence and referral_id
WITH provider_of AS (
    SELECT
        version.version_id,
        version.referral_id,
        version.source_system,
        version.report_number,
        version.received_at,
        coalesce(provider_name.provider, version.provider_as_written) AS provider
    FROM referral.current_version AS version
    LEFT JOIN referral.current_provider_name AS provider_name
        ON version.provider_as_written = provider_name.name_as_written
),

here AS (
    SELECT provider_of.* FROM provider_of WHERE provider_of.version_id = $version_id
),

own_value AS (
    SELECT DISTINCT identifier.kind, identifier.value, coalesce(party.service, here.provider) AS service
    FROM here
    INNER JOIN referral.identifier ON here.version_id = identifier.version_id
    INNER JOIN referral.party
        ON identifier.version_id = party.version_id
        AND identifier.party_no = party.party_no
        AND party.role = 'reported_user'
    WHERE
        identifier.value IS NOT NULL
        AND identifier.kind IN ('email', 'phone', 'provider_user_id', 'screen_name', 'device_id', 'profile_url')
),

same_value AS (
    SELECT DISTINCT own_value.kind, own_value.value, other.referral_id
    FROM own_value
    INNER JOIN referral.identifier
        ON own_value.kind = identifier.kind
        AND own_value.value = identifier.value
    INNER JOIN referral.party
        ON identifier.version_id = party.version_id
        AND identifier.party_no = party.party_no
        AND party.role = 'reported_user'
    INNER JOIN provider_of AS other ON identifier.version_id = other.version_id
    WHERE
        other.version_id <> $version_id
        -- A provider's own key or handle means the same account only with the same provider.
        AND (
            own_value.kind IN ('email', 'phone', 'device_id', 'profile_url')
            OR coalesce(party.service, other.provider) = own_value.service
        )
    QUALIFY count(*) OVER (PARTITION BY own_value.kind, own_value.value) <= $most_referrals
),

stated AS (
    SELECT DISTINCT
        'prior_report_number' AS kind,
        prior.prior_report_number AS value,
        other.referral_id
    FROM referral.prior_report AS prior
    CROSS JOIN here
    LEFT JOIN provider_of AS other
        ON prior.prior_report_number = other.report_number
        AND here.source_system = other.source_system
        AND here.referral_id <> other.referral_id
    WHERE
        prior.version_id = here.version_id
        AND prior.prior_report_number IS DISTINCT FROM here.report_number
    UNION
    SELECT DISTINCT
        'named_by_report_number' AS kind,
        here.report_number AS value,
        other.referral_id
    FROM here
    INNER JOIN referral.prior_report AS prior ON here.report_number = prior.prior_report_number
    INNER JOIN provider_of AS other
        ON prior.version_id = other.version_id
        AND here.source_system = other.source_system
        AND here.referral_id <> other.referral_id
),

link AS (
    SELECT stated.kind, 'stated' AS strength, stated.value AS evidence, stated.referral_id
    FROM stated
    UNION ALL
    SELECT same_value.kind, 'same_value' AS strength, same_value.value AS evidence, same_value.referral_id
    FROM same_value
)

SELECT
    link.kind,
    link.strength,
    link.evidence,
    link.referral_id,
    other.report_number,
    other.provider,
    other.received_at,
    decision.disposition,
    CASE WHEN decision.disposition IS NOT NULL THEN decision.decided_at END AS decided_at
FROM link
LEFT JOIN provider_of AS other ON link.referral_id = other.referral_id
LEFT JOIN desk.current_decision AS decision ON link.referral_id = decision.referral_id
ORDER BY
    link.strength DESC, other.received_at DESC NULLS LAST, link.kind, link.evidence, link.referral_id
