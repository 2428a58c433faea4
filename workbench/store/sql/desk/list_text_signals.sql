-- name:   desk/list_text_signals
-- grain:  one row per place in a text of one version where words of a term list stand
-- params: $version_id VARCHAR
-- reads:  referral.text_scan, referral.text_signal, referral.term_list
-- order:  kind, text_no, place, signal, list_id
WITH newest AS (
    SELECT
        text_scan.kind,
        text_scan.text_no,
        max(text_scan.scanned_at) AS scanned_at
    FROM referral.text_scan
    WHERE text_scan.version_id = $version_id
    GROUP BY text_scan.kind, text_scan.text_no
)
SELECT DISTINCT
    text_signal.kind,
    text_signal.text_no,
    text_signal.signal,
    text_signal.language,
    text_signal.list_id,
    term_list.list_version,
    term_list.dated_on,
    term_list.source,
    term_list.is_own,
    text_signal.scanned_at AS found_at,
    text_signal.start_letter,
    text_signal.end_letter,
    text_signal.distance
FROM referral.text_signal
INNER JOIN newest
    ON text_signal.kind IS NOT DISTINCT FROM newest.kind
    AND text_signal.text_no IS NOT DISTINCT FROM newest.text_no
    AND text_signal.scanned_at = newest.scanned_at
INNER JOIN referral.term_list
    ON text_signal.lists_hash = term_list.lists_hash
    AND text_signal.list_id = term_list.list_id
WHERE text_signal.version_id = $version_id
ORDER BY
    text_signal.kind, text_signal.text_no, text_signal.start_letter, text_signal.end_letter, text_signal.signal,
    text_signal.list_id, text_signal.distance
