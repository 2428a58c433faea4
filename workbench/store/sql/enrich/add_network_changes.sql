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
),
-- What a list says first of the country, and every country that any of them names; worked out once per answer.
answer AS (
    SELECT
        staged.step_no,
        staged.network_kind,
        staged.is_shared,
        staged.kind_source,
        staged.kind_as_of,
        staged.network_owner,
        staged.country,
        list_sort(list_distinct(list_transform(staged.statements, lambda said: said.country))) AS countries
    FROM network_step_answer AS staged
),
earlier_answer AS (
    SELECT
        given.answer_id,
        given.network_kind,
        given.is_shared,
        given.kind_source,
        given.kind_as_of,
        given.network_owner,
        given.country,
        list_sort(list_distinct(list_transform(given.statements, lambda said: said.country))) AS countries
    FROM referral.network_answer AS given
    WHERE given.answer_id IN (SELECT found.earlier_answer_id FROM network_found AS found)
)
SELECT DISTINCT
    seen.version_id,
    $changed_at,
    $cause
FROM seen
INNER JOIN network_found AS found ON seen.ip_address = found.ip_address
LEFT JOIN answer ON found.step_no = answer.step_no
LEFT JOIN earlier_answer AS earlier ON found.earlier_answer_id = earlier.answer_id
-- Before the first look-up the address's own range was all that an assessment knew.
WHERE
    coalesce(answer.network_kind, 'unknown') <> coalesce(earlier.network_kind, seen.network_kind)
    OR coalesce(answer.is_shared, false) <> coalesce(earlier.is_shared, seen.network_kind = 'carrier')
    -- The country heard first, and another that has an earlier last day.
    OR answer.country IS DISTINCT FROM earlier.country
    OR coalesce(answer.countries, []) <> coalesce(earlier.countries, [])
    -- What a finding cites: who runs the network, and the list that says the address hides somebody, with its date.
    OR answer.network_owner IS DISTINCT FROM earlier.network_owner
    OR (
        answer.network_kind IN ('tor', 'vpn', 'hosting')
        AND (
            answer.kind_source IS DISTINCT FROM earlier.kind_source
            OR answer.kind_as_of IS DISTINCT FROM earlier.kind_as_of
        )
    );
