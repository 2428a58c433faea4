-- name:   intake/add_recorded_decision
-- grain:  one row per decision that a new version states and that is not recorded yet
-- params: $loaded_at TIMESTAMPTZ
-- reads:  staged_row, referral.report_version, desk.decision
-- writes: desk.decision
-- order:  none
INSERT INTO desk.decision (
    decision_id,
    referral_id,
    decided_at,
    decided_by,
    disposition,
    reason_code,
    note,
    version_seen,
    origin
)
SELECT
    uuidv7(),
    new_version.referral_id,
    coalesce(staged_row.decided_at, $loaded_at),
    coalesce(staged_row.decided_by, 'not stated by the source'),
    staged_row.disposition,
    staged_row.reason_code,
    staged_row.note,
    new_version.version,
    'source'
FROM staged_row
INNER JOIN referral.report_version AS new_version
    ON staged_row.version_id = new_version.version_id
WHERE staged_row.disposition IS NOT NULL AND NOT EXISTS (
    SELECT 1
    FROM desk.decision
    WHERE decision.referral_id = new_version.referral_id
        AND decision.origin = 'source'
        AND decision.disposition = staged_row.disposition
        AND decision.reason_code IS NOT DISTINCT FROM staged_row.reason_code
        AND (staged_row.decided_at IS NULL OR decision.decided_at = staged_row.decided_at)
);
