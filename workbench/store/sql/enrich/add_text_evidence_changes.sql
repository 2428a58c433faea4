-- name:   enrich/add_text_evidence_changes
-- grain:  one row per assessed version of which a staged answer differs from the one that stood before
-- params: $scanned_at TIMESTAMPTZ
-- reads:  staged_scan, referral.text_scan, referral.assessment
-- writes: referral.evidence_change
-- order:  none
INSERT INTO referral.evidence_change (version_id, changed_at, cause)
WITH staged AS (
    SELECT
        staged_scan.version_id,
        coalesce(staged_scan.kind, '') AS kind,
        coalesce(staged_scan.text_no, -1) AS text_no,
        staged_scan.is_readable,
        staged_scan.signals
    FROM staged_scan
    SEMI JOIN referral.assessment ON staged_scan.version_id = assessment.version_id
),
before AS (
    SELECT
        text_scan.version_id,
        coalesce(text_scan.kind, '') AS kind,
        coalesce(text_scan.text_no, -1) AS text_no,
        arg_max(text_scan.is_readable, text_scan.scanned_at) AS is_readable,
        arg_max(text_scan.signals, text_scan.scanned_at) AS signals
    FROM referral.text_scan
    SEMI JOIN staged ON text_scan.version_id = staged.version_id
    GROUP BY ALL
)
SELECT DISTINCT
    staged.version_id,
    $scanned_at,
    'term lists'
FROM staged
LEFT JOIN before
    ON staged.version_id = before.version_id
    AND staged.kind = before.kind
    AND staged.text_no = before.text_no
WHERE staged.is_readable IS DISTINCT FROM before.is_readable
    OR staged.signals IS DISTINCT FROM before.signals;
