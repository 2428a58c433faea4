-- name:   enrich/add_email_kinds
-- grain:  one row per e-mail address that this version of the lists has not been asked about
-- params: $role_names VARCHAR[], $role_source VARCHAR, $list_hash VARCHAR, $recorded_at TIMESTAMPTZ
-- reads:  mail_domain (domain, kind, provider, source), referral.identifier, referral.current_email_kind
-- writes: referral.email_kind
-- order:  none
INSERT INTO referral.email_kind (value, kind, provider, source, list_hash, recorded_at)
WITH address AS (
    SELECT DISTINCT
        identifier.value,
        split_part(identifier.value, '@', 1) AS name,
        split_part(identifier.value, '@', -1) AS domain
    FROM referral.identifier
    WHERE
        identifier.kind = 'email'
        AND identifier.value IS NOT NULL
        AND identifier.value NOT IN (
            SELECT known.value
            FROM referral.current_email_kind AS known
            WHERE known.list_hash = $list_hash
        )
)
SELECT
    address.value,
    CASE
        WHEN mail_domain.kind = 'disposable' THEN 'disposable'
        WHEN list_contains($role_names, address.name) THEN 'role'
        ELSE coalesce(mail_domain.kind, 'other')
    END,
    mail_domain.provider,
    CASE
        WHEN mail_domain.kind IS DISTINCT FROM 'disposable' AND list_contains($role_names, address.name) THEN $role_source
        ELSE mail_domain.source
    END,
    $list_hash,
    $recorded_at
FROM address
LEFT JOIN mail_domain ON address.domain = mail_domain.domain
