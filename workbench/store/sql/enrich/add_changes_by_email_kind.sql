-- name:   enrich/add_changes_by_email_kind
-- grain:  one row per version with an e-mail address of which the newest lists say something else than those before
-- params: $recorded_at TIMESTAMPTZ (of the newest rows)
-- reads:  referral.email_kind, referral.identifier
-- writes: referral.evidence_change
-- order:  none
INSERT INTO referral.evidence_change (version_id, changed_at, cause)
WITH before AS (
    SELECT
        email_kind.value,
        arg_max((email_kind.kind, email_kind.provider), email_kind.recorded_at) AS said
    FROM referral.email_kind
    WHERE email_kind.recorded_at < $recorded_at
    GROUP BY email_kind.value
)
SELECT DISTINCT
    identifier.version_id,
    $recorded_at,
    'mail domains'
FROM referral.email_kind AS newest
INNER JOIN before ON newest.value = before.value
INNER JOIN referral.identifier
    ON newest.value = identifier.value
    AND identifier.kind = 'email'
WHERE
    newest.recorded_at = $recorded_at
    AND (newest.kind, newest.provider) IS DISTINCT FROM before.said
