-- name:   assess/select_contact_facts
-- grain:  one row per version to assess: what identifies the reported user
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.party, referral.identifier, referral.address, referral.current_email_kind
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
contact AS (
    SELECT
        identifier.version_id,
        bool_or(identifier.is_verified) FILTER (identifier.kind = 'email' AND is_personal)
        OR nullif(bool_or(identifier.is_verified IS NULL) FILTER (identifier.kind = 'email' AND is_personal), true)
            AS has_verified_email,
        bool_or(identifier.is_verified) FILTER (identifier.kind = 'phone')
        OR nullif(bool_or(identifier.is_verified IS NULL) FILTER (identifier.kind = 'phone'), true)
            AS has_verified_phone,
        -- A verified address that anybody can throw away, or that an office shares, leads to nobody.
        bool_or(identifier.is_verified)
            FILTER (identifier.kind = 'phone' OR (identifier.kind = 'email' AND is_personal))
        OR nullif(
            bool_or(identifier.is_verified IS NULL)
                FILTER (identifier.kind = 'phone' OR (identifier.kind = 'email' AND is_personal)),
            true
        ) AS has_leading_contact,
        count(*) FILTER (identifier.kind = 'phone' OR (identifier.kind = 'email' AND is_personal)) AS leading_count,
        count(*) FILTER (identifier.kind = 'email') AS email_count,
        count(*) FILTER (email_kind.kind = 'mail_provider') AS mail_provider_count,
        count(*) FILTER (email_kind.kind = 'disposable') AS disposable_count,
        count(*) FILTER (email_kind.kind = 'role') AS role_count,
        array_to_string(list(DISTINCT email_kind.provider ORDER BY email_kind.provider)
            FILTER (email_kind.kind = 'mail_provider'), ', ') AS mail_providers,
        bool_or(identifier.kind IN ('email', 'phone', 'screen_name', 'provider_user_id', 'profile_url'))
            AS has_identifier
    FROM target
    INNER JOIN referral.identifier ON target.version_id = identifier.version_id
    INNER JOIN referral.party
        ON identifier.version_id = party.version_id
        AND identifier.party_no = party.party_no
    LEFT JOIN referral.current_email_kind AS email_kind
        ON identifier.kind = 'email'
        AND identifier.value = email_kind.value
    CROSS JOIN LATERAL (SELECT coalesce(email_kind.kind NOT IN ('disposable', 'role'), true) AS is_personal)
    WHERE party.role = 'reported_user'
    GROUP BY identifier.version_id
),
-- Who pays has shown a bank or a payment service who they are.
payer AS (
    SELECT DISTINCT party.version_id
    FROM target
    INNER JOIN referral.party ON target.version_id = party.version_id
    LEFT JOIN referral.identifier
        ON party.version_id = identifier.version_id
        AND party.party_no = identifier.party_no
    WHERE
        party.role = 'associated_account'
        AND party.account_type = 'Billing'
        AND (
            identifier.value IS NOT NULL
            OR party.provider_user_id <> ''
            OR (party.first_name <> '' AND party.last_name <> '')
        )
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
    contact.has_verified_email,
    contact.has_verified_phone,
    nullif(coalesce(contact.has_identifier, false) OR coalesce(named.has_provider_user_id, false), false)
        AS has_account_identifier,
    CASE
        WHEN named.has_both THEN true
        WHEN named.has_name OR named.has_address THEN NULL
        ELSE false
    END AS has_name_and_address,
    CASE WHEN coalesce(contact.leading_count, 0) = 0 THEN false ELSE contact.has_leading_contact END
    OR has_name_and_address
    OR payer.version_id IS NOT NULL AS has_leading_identifier,
    CASE WHEN contact.email_count > 0 THEN contact.mail_provider_count END AS mail_provider_count,
    CASE WHEN contact.email_count > 0 THEN contact.disposable_count END AS disposable_email_count,
    CASE WHEN contact.email_count > 0 THEN contact.role_count END AS role_email_count,
    nullif(contact.mail_providers, '') AS mail_providers
FROM target
LEFT JOIN contact ON target.version_id = contact.version_id
LEFT JOIN named ON target.version_id = named.version_id
LEFT JOIN payer ON target.version_id = payer.version_id
