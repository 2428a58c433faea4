-- name:   enrich/add_text_scans
-- grain:  one row per text asked
-- params: $scanned_at TIMESTAMPTZ, $lists_hash VARCHAR
-- reads:  staged_scan
-- writes: referral.text_scan
-- order:  none
INSERT INTO referral.text_scan (version_id, kind, text_no, scanned_at, lists_hash, is_readable, signals)
SELECT
    staged_scan.version_id,
    staged_scan.kind,
    staged_scan.text_no,
    $scanned_at,
    $lists_hash,
    staged_scan.is_readable,
    staged_scan.signals
FROM staged_scan;
