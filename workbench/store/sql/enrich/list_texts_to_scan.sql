-- name:   enrich/list_texts_to_scan
-- grain:  one row per text that was not yet asked about the term lists in force; boilerplate never is
-- params: $lists_hash VARCHAR, of the lists recorded last
-- reads:  referral.text_block, referral.report_version, referral.text_scan, referral.current_term_list
-- order:  none; read as a stream
WITH text AS (
    SELECT
        text_block.version_id,
        text_block.kind,
        text_block.text_no,
        text_block.content
    FROM referral.text_block
    WHERE text_block.is_boilerplate IS NOT TRUE
        AND coalesce(text_block.kind, '') NOT IN ('company_template', 'terms_of_service')
    UNION ALL
    SELECT
        report_version.version_id,
        'escalation_text' AS kind,
        NULL AS text_no,
        report_version.escalation_text AS content
    FROM referral.report_version
    UNION ALL
    SELECT
        report_version.version_id,
        'incident_at_description' AS kind,
        NULL AS text_no,
        report_version.incident_at_description AS content
    FROM referral.report_version
),
-- Lists that come back after others had their turn are asked again: only answers since then count.
answered AS (
    SELECT
        text_scan.version_id,
        coalesce(text_scan.kind, '') AS kind,
        coalesce(text_scan.text_no, -1) AS text_no
    FROM referral.text_scan
    WHERE text_scan.lists_hash = $lists_hash
        AND text_scan.scanned_at >= (
            SELECT max(current_term_list.recorded_at)
            FROM referral.current_term_list
            WHERE current_term_list.lists_hash = $lists_hash
        )
)
SELECT
    text.version_id,
    text.kind,
    text.text_no,
    text.content
FROM text
ANTI JOIN answered
    ON text.version_id = answered.version_id
    AND coalesce(text.kind, '') = answered.kind
    AND coalesce(text.text_no, -1) = answered.text_no
WHERE trim(text.content) <> '';
