-- name:   desk/list_identifiers
-- grain:  one row per identifier of one version
-- params: $version_id VARCHAR
-- reads:  referral.identifier
-- order:  party, then kind: screen name, provider's own key, e-mail, phone, then others; ties by place in the source
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
    identifier.source_path
FROM referral.identifier
WHERE identifier.version_id = $version_id
ORDER BY
    identifier.party_no,
    CASE identifier.kind
        WHEN 'screen_name' THEN 0 WHEN 'provider_user_id' THEN 1 WHEN 'email' THEN 2 WHEN 'phone' THEN 3 ELSE 4
    END,
    identifier.kind,
    identifier.source_path,
    identifier.value_as_written
