-- name:   desk/insert_decision
-- grain:  one row, the decision as written
-- params: $referral_id VARCHAR, $decided_at TIMESTAMPTZ, $decided_by VARCHAR, $disposition VARCHAR, $reason_code VARCHAR,
--         $note VARCHAR, $version_seen INTEGER, $rulebook_hash VARCHAR, $urgency_seen VARCHAR,
--         $actionability_seen VARCHAR, $supersedes UUID, $origin VARCHAR
-- writes: desk.decision
-- order:  one row
INSERT INTO desk.decision (
    decision_id, referral_id, decided_at, decided_by, disposition, reason_code, note,
    version_seen, rulebook_hash, urgency_seen, actionability_seen, supersedes, origin
)
SELECT
    uuidv7(), $referral_id, $decided_at, $decided_by, $disposition, $reason_code, $note,
    $version_seen, $rulebook_hash, $urgency_seen, $actionability_seen, $supersedes, $origin
RETURNING
    decision_id, referral_id, decided_at, decided_by, disposition, reason_code, note,
    version_seen, rulebook_hash, urgency_seen, actionability_seen, supersedes, origin
