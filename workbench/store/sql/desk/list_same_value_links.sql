-- name:   desk/list_same_value_links
-- grain:  one row per other referral whose reported user has an identifier of this version's reported user
-- params: $version_id VARCHAR, $most_referrals INTEGER (a value that more referrals share ties nobody)
-- reads:  referral.report_version, referral.current_provider_name, referral.identifier, referral.party,
--         desk.current_decision
-- order:  newest received first; ties by kind, value and referral_id
WITH account_value AS (
    SELECT DISTINCT
        version.version_id,
        version.referral_id,
        version.version,
        version.report_number,
        version.received_at,
        identifier.kind,
        identifier.value,
        coalesce(provider_name.provider, version.provider_as_written) AS provider,
        lower(coalesce(party.service, provider_name.provider, version.provider_as_written)) AS service
    FROM referral.identifier
    INNER JOIN referral.party
        ON identifier.version_id = party.version_id
        AND identifier.party_no = party.party_no
    INNER JOIN referral.report_version AS version ON identifier.version_id = version.version_id
    LEFT JOIN referral.current_provider_name AS provider_name
        ON version.provider_as_written = provider_name.name_as_written
    WHERE
        party.role = 'reported_user'
        AND identifier.kind IN ('email', 'phone', 'provider_user_id', 'screen_name', 'device_id', 'profile_url')
        AND identifier.value IN (
            SELECT own.value FROM referral.identifier AS own WHERE own.version_id = $version_id
        )
),

shared AS (
    SELECT DISTINCT
        other.kind,
        other.value,
        other.referral_id,
        other.report_number,
        other.provider,
        other.received_at
    FROM account_value AS here
    INNER JOIN account_value AS other
        ON here.kind = other.kind
        AND here.value = other.value
        AND here.referral_id <> other.referral_id
        -- A provider's own key or handle means the same account only with the same provider.
        AND (other.kind NOT IN ('provider_user_id', 'screen_name') OR here.service = other.service)
    ANTI JOIN referral.report_version AS newer
        ON other.referral_id = newer.referral_id
        AND newer.version > other.version
    WHERE here.version_id = $version_id
    QUALIFY count(DISTINCT other.referral_id) OVER (PARTITION BY other.kind, other.value) <= $most_referrals
)

SELECT
    shared.kind,
    'same_value' AS strength,
    shared.value AS evidence,
    shared.referral_id,
    shared.report_number,
    shared.provider,
    shared.received_at,
    decision.disposition,
    CASE WHEN decision.disposition IS NOT NULL THEN decision.decided_at END AS decided_at
FROM shared
LEFT JOIN desk.current_decision AS decision ON shared.referral_id = decision.referral_id
ORDER BY shared.received_at DESC NULLS LAST, shared.kind, shared.value, shared.referral_id
