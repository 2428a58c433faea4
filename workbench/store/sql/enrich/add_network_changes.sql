-- name:   enrich/add_network_changes
-- grain:  one row per assessed version for which something changed that an assessment judges an address by, or cites
-- params: $changed_at TIMESTAMPTZ, $cause VARCHAR
-- reads:  network_found (temporary), network_step_answer (temporary), referral.network_answer, referral.ip_event, referral.assessment
-- writes: referral.evidence_change
-- order:  none
INSERT INTO referral.evidence_change (version_id, changed_at, cause)
WITH seen AS (
    SELECT
        ip_event.version_id,
        ip_event.ip_address,
        ip_event.network_kind
    FROM referral.ip_event
    WHERE ip_event.version_id IN (SELECT assessment.version_id FROM referral.assessment)
)
SELECT DISTINCT
    seen.version_id,
    $changed_at,
    $cause
FROM seen
INNER JOIN network_found AS found ON seen.ip_address = found.ip_address
LEFT JOIN network_step_answer AS answer ON found.step_no = answer.step_no
LEFT JOIN referral.network_answer AS earlier ON found.earlier_answer_id = earlier.answer_id
-- Before the first look-up the address's own range was all that an assessment knew.
WHERE
    coalesce(answer.network_kind, 'unknown') <> coalesce(earlier.network_kind, seen.network_kind)
    OR coalesce(answer.is_shared, false) <> coalesce(earlier.is_shared, seen.network_kind = 'carrier')
    OR answer.country IS DISTINCT FROM earlier.country
    -- What a finding cites: who runs the network, and the list that says the address hides somebody, with its date.
    OR answer.network_owner IS DISTINCT FROM earlier.network_owner
    OR (
        answer.network_kind IN ('tor', 'vpn', 'hosting')
        AND (
            answer.kind_source IS DISTINCT FROM earlier.kind_source
            OR answer.kind_as_of IS DISTINCT FROM earlier.kind_as_of
        )
    );
