-- name:   desk/list_decisions
-- grain:  one row per decision on one referral, undone ones included
-- params: $referral_id VARCHAR
-- reads:  desk.decision
-- order:  newest first; ties by decision_id
SELECT
    decision.decision_id,
    decision.decided_at,
    decision.decided_by,
    decision.disposition,
    decision.reason_code,
    decision.note,
    decision.version_seen,
    decision.rulebook_hash,
    decision.supersedes,
    decision.origin
FROM desk.decision
WHERE decision.referral_id = $referral_id
ORDER BY decision.decided_at DESC, decision.decision_id DESC
