-- name:   enrich/add_changes_by_provider_name
-- grain:  one row per version whose earlier reports may now be others: it shares an account name with one of this provider name
-- params: $name_as_written VARCHAR, $changed_at TIMESTAMPTZ
-- reads:  referral.current_source, referral.identifier
-- writes: referral.evidence_change
-- order:  none
INSERT INTO referral.evidence_change (version_id, changed_at, cause)
WITH named AS (
    SELECT DISTINCT
        identifier.kind,
        identifier.value
    FROM referral.current_source AS source
    INNER JOIN referral.identifier ON source.version_id = identifier.version_id
    WHERE
        source.provider_as_written = $name_as_written
        AND identifier.kind IN ('screen_name', 'provider_user_id')
        AND identifier.value IS NOT NULL
)
SELECT DISTINCT
    source.version_id,
    $changed_at,
    'provider name'
FROM referral.current_source AS source
INNER JOIN referral.identifier ON source.version_id = identifier.version_id
INNER JOIN named
    ON identifier.kind = named.kind
    AND identifier.value = named.value
