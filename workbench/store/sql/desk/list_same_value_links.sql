-- name:   desk/list_same_value_links
-- grain:  one row per other referral whose reported user has an identifier of this version's reported user
-- params: $version_id VARCHAR, $most_referrals INTEGER (a value that more referrals share ties nobody)
-- reads:  referral.report_version, referral.current_provider_name, referral.identifier, referral.party,
--         desk.decision (not the view of what is current: a few referrals are looked up faster than all)
-- order:  newest received first; ties by kind, value and referral_id
WITH own_value AS MATERIALIZED (
    SELECT DISTINCT
        identifier.kind,
        identifier.value
    FROM referral.identifier
    INNER JOIN referral.party
        ON identifier.version_id = party.version_id
        AND identifier.party_no = party.party_no
    WHERE
        identifier.version_id = $version_id
        AND party.role = 'reported_user'
        AND identifier.kind IN ('email', 'phone', 'provider_user_id', 'screen_name', 'device_id', 'profile_url')
),

-- Few rows whatever the store holds: everything below is looked up for these alone.
same_value AS MATERIALIZED (
    SELECT
        identifier.version_id,
        identifier.party_no,
        identifier.kind,
        identifier.value
    FROM referral.identifier
    INNER JOIN own_value
        ON identifier.kind = own_value.kind
        AND identifier.value = own_value.value
),

account_value AS MATERIALIZED (
    SELECT DISTINCT
        version.version_id,
        version.referral_id,
        version.version,
        version.passed_over,
        version.report_number,
        version.received_at,
        same_value.kind,
        same_value.value,
        coalesce(provider_name.provider, version.provider_as_written) AS provider,
        lower(coalesce(party.service, provider_name.provider, version.provider_as_written)) AS service
    FROM same_value
    INNER JOIN referral.party
        ON same_value.version_id = party.version_id
        AND same_value.party_no = party.party_no
    INNER JOIN referral.report_version AS version ON same_value.version_id = version.version_id
    LEFT JOIN referral.current_provider_name AS provider_name
        ON version.provider_as_written = provider_name.name_as_written
    WHERE party.role = 'reported_user'
),

shared AS MATERIALIZED (
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
        AND newer.passed_over IS NULL
    WHERE
        here.version_id = $version_id
        AND other.passed_over IS NULL
    QUALIFY count(DISTINCT other.referral_id) OVER (PARTITION BY other.kind, other.value) <= $most_referrals
),

decision AS (
    SELECT
        decision.referral_id,
        arg_max_null(decision.disposition, (decision.decided_at, decision.decision_id)) AS disposition,
        max(decision.decided_at) AS decided_at
    FROM desk.decision
    WHERE decision.referral_id IN (SELECT shared.referral_id FROM shared)
    GROUP BY decision.referral_id
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
LEFT JOIN decision ON shared.referral_id = decision.referral_id
ORDER BY shared.received_at DESC NULLS LAST, shared.kind, shared.value, shared.referral_id
