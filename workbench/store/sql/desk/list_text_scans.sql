-- name:   desk/list_text_scans
-- grain:  one row per text of one version that was asked about term lists: the newest answer, and the lists asked
-- params: $version_id VARCHAR
-- reads:  referral.text_scan, referral.term_list
-- order:  kind, text_no
WITH newest AS (
    SELECT
        text_scan.kind,
        text_scan.text_no,
        max(text_scan.scanned_at) AS scanned_at,
        arg_max(text_scan.lists_hash, text_scan.scanned_at) AS lists_hash,
        arg_max(text_scan.is_readable, text_scan.scanned_at) AS is_readable
    FROM referral.text_scan
    WHERE text_scan.version_id = $version_id
    GROUP BY text_scan.kind, text_scan.text_no
),

-- A set of lists that came back stands there once for each time it came into force.
asked AS (
    SELECT
        list.lists_hash,
        count(*) AS list_count,
        min(list.dated_on) AS oldest_on,
        max(list.dated_on) AS newest_on,
        string_agg(list.named, ', ' ORDER BY list.named) AS list_names
    FROM (
        SELECT DISTINCT
            term_list.lists_hash,
            term_list.dated_on,
            term_list.list_id || ' v' || term_list.list_version AS named
        FROM referral.term_list
        WHERE term_list.lists_hash IN (SELECT newest.lists_hash FROM newest)
    ) AS list
    GROUP BY list.lists_hash
)

SELECT
    newest.kind,
    newest.text_no,
    newest.scanned_at,
    newest.is_readable,
    asked.list_count,
    asked.list_names,
    asked.oldest_on,
    asked.newest_on
FROM newest
LEFT JOIN asked ON newest.lists_hash = asked.lists_hash
ORDER BY newest.kind, newest.text_no
