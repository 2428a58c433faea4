-- name:   desk/list_addresses
-- grain:  one row per stated or estimated place of one version
-- params: $version_id VARCHAR
-- reads:  referral.address, referral.report_version
-- order:  party, then place in the source
SELECT
    address.party_no,
    address.label,
    address.origin,
    address.street,
    address.city,
    address.postal_code,
    address.region,
    address.country,
    address.is_verified,
    coalesce(address.stated_at, version.received_at) AS said_at,
    address.source_path
FROM referral.address
INNER JOIN referral.report_version AS version ON address.version_id = version.version_id
WHERE address.version_id = $version_id
ORDER BY address.party_no, address.source_path, address.label, address.street
