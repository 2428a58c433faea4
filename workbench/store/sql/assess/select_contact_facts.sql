-- name:   assess/select_contact_facts
-- grain:  one row per version to assess: what identifies the reported user
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.party, referral.identifier, referral.address
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
contact AS (
    SELECT
        identifier.version_id,
        count(*) FILTER (identifier.kind IN ('email', 'phone')) AS contact_count,
        bool_or(identifier.is_verified) FILTER (identifier.kind = 'email')
        OR nullif(bool_or(identifier.is_verified IS NULL) FILTER (identifier.kind = 'email'), true)
            AS has_verified_email,
        bool_or(identifier.is_verified) FILTER (identifier.kind = 'phone')
        OR nullif(bool_or(identifier.is_verified IS NULL) FILTER (identifier.kind = 'phone'), true)
            AS has_verified_phone,
        bool_or(identifier.is_verified) FILTER (identifier.kind IN ('email', 'phone'))
        OR nullif(bool_or(identifier.is_verified IS NULL) FILTER (identifier.kind IN ('email', 'phone')), true)
            AS has_verified_contact,
        bool_or(identifier.kind IN ('email', 'phone', 'screen_name', 'provider_user_id', 'profile_url'))
            AS has_identifier
    FROM target
    INNER JOIN referral.identifier ON target.version_id = identifier.version_id
    INNER JOIN referral.party
        ON identifier.version_id = party.version_id
        AND identifier.party_no = party.party_no
    WHERE party.role = 'reported_user'
    GROUP BY identifier.version_id
),
-- A place that was estimated, or where it happened, is nobody's address.
place AS (
    SELECT DISTINCT
        address.version_id,
        address.party_no
    FROM referral.address
    WHERE address.street <> '' AND coalesce(address.origin, 'stated') = 'stated'
),
named AS (
    SELECT
        party.version_id,
        bool_or(party.provider_user_id <> '') AS has_provider_user_id,
        bool_or(party.first_name <> '' AND party.last_name <> '') AS has_name,
        bool_or(place.version_id IS NOT NULL) AS has_address,
        bool_or(party.first_name <> '' AND party.last_name <> '' AND place.version_id IS NOT NULL) AS has_both
    FROM target
    INNER JOIN referral.party ON target.version_id = party.version_id
    LEFT JOIN place ON party.version_id = place.version_id AND party.party_no = place.party_no
    WHERE party.role = 'reported_user'
    GROUP BY party.version_id
)
SELECT
    target.version_id,
    coalesce(contact.contact_count, 0) AS contact_count,
    contact.has_verified_contact,
    contact.has_verified_email,
    contact.has_verified_phone,
    nullif(coalesce(contact.has_identifier, false) OR coalesce(named.has_provider_user_id, false), false)
        AS has_account_identifier,
    CASE
        WHEN named.has_both THEN true
        WHEN named.has_name OR named.has_address THEN NULL
        ELSE false
    END AS has_name_and_address
FROM target
LEFT JOIN contact ON target.version_id = contact.version_id
LEFT JOIN named ON target.version_id = named.version_id
