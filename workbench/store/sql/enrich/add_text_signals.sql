-- name:   enrich/add_text_signals
-- grain:  one row per place of a term in a text
-- params: $scanned_at TIMESTAMPTZ, $lists_hash VARCHAR
-- reads:  staged_signal
-- writes: referral.text_signal
-- order:  none
INSERT INTO referral.text_signal (
    version_id,
    kind,
    text_no,
    scanned_at,
    lists_hash,
    list_id,
    signal,
    language,
    term,
    start_letter,
    end_letter,
    distance
)
SELECT
    staged_signal.version_id,
    staged_signal.kind,
    staged_signal.text_no,
    $scanned_at,
    $lists_hash,
    staged_signal.list_id,
    staged_signal.signal,
    staged_signal.language,
    staged_signal.term,
    staged_signal.start_letter,
    staged_signal.end_letter,
    staged_signal.distance
FROM staged_signal;
