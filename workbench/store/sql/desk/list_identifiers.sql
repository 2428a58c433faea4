-- name:   desk/list_identifiers
-- grain:  one row per identifier of one version
-- params: $version_id VARCHAR
-- reads:  referral.identifier, referral.email_kind (its newest rows; not the view of all addresses, which is slower)
-- order:  party, then kind: screen name, provider's own key, e-mail, phone, then others; ties by place in the source
WITH mailbox AS (
    SELECT
        email_kind.value,
        arg_max(
            struct_pack(kind := email_kind.kind, provider := email_kind.provider, source := email_kind.source),
            email_kind.recorded_at
        ) AS said,
        max(email_kind.recorded_at) AS said_at
    FROM referral.email_kind
    WHERE email_kind.value IN (
        SELECT own.value FROM referral.identifier AS own WHERE own.version_id = $version_id AND own.kind = 'email'
    )
    GROUP BY email_kind.value
)

SELECT
    identifier.party_no,
    identifier.file_no,
    identifier.kind,
    identifier.label,
    identifier.value_as_written,
    identifier.value,
    identifier.is_verified,
    identifier.verified_at,
    identifier.event_name,
    identifier.occurred_at,
    identifier.source_path,
    struct_extract(mailbox.said, 'kind') AS mail_kind,
    struct_extract(mailbox.said, 'provider') AS mail_provider,
    struct_extract(mailbox.said, 'source') AS mail_kind_source,
    mailbox.said_at AS mail_kind_at
FROM referral.identifier
LEFT JOIN mailbox
    ON identifier.kind = 'email'
    AND identifier.value = mailbox.value
WHERE identifier.version_id = $version_id
ORDER BY
    identifier.party_no,
    CASE identifier.kind
        WHEN 'screen_name' THEN 0 WHEN 'provider_user_id' THEN 1 WHEN 'email' THEN 2 WHEN 'phone' THEN 3 ELSE 4
    END,
    identifier.kind,
    identifier.source_path,
    identifier.value_as_written
