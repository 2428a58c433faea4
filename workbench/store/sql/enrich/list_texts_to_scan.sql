-- name:   enrich/list_texts_to_scan
-- grain:  one row per text that was not yet asked about the term lists in force; boilerplate never is
-- params: $lists_hash VARCHAR, of the lists recorded last
-- reads:  referral.text_block, referral.report_version, referral.text_scan, referral.current_term_list
-- order:  none; read as a stream
WITH answered AS (
    -- Lists that come back after others had their turn are asked again: only answers since then count.
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
),
-- Found without reading a single text: when nothing is new, that is nearly all there is to do. Kept as a
-- hash, an eighth of the keys; were two ever equal, a text would be asked once more.
waiting AS MATERIALIZED (
    SELECT hash(text_block.version_id, coalesce(text_block.kind, ''), coalesce(text_block.text_no, -1)) AS text_hash
    FROM referral.text_block
    ANTI JOIN answered
        ON text_block.version_id = answered.version_id
        AND coalesce(text_block.kind, '') = answered.kind
        AND coalesce(text_block.text_no, -1) = answered.text_no
    WHERE text_block.is_boilerplate IS NOT TRUE
        AND coalesce(text_block.kind, '') NOT IN ('company_template', 'terms_of_service')
        AND text_block.content IS NOT NULL
),
of_report AS (
    SELECT
        report_version.version_id,
        unnest(['escalation_text', 'incident_at_description']) AS kind,
        unnest([report_version.escalation_text, report_version.incident_at_description]) AS content
    FROM referral.report_version
    WHERE report_version.escalation_text IS NOT NULL OR report_version.incident_at_description IS NOT NULL
)
SELECT
    text_block.version_id,
    text_block.kind,
    text_block.text_no,
    text_block.content
FROM referral.text_block
SEMI JOIN waiting
    ON hash(text_block.version_id, coalesce(text_block.kind, ''), coalesce(text_block.text_no, -1)) = waiting.text_hash
WHERE text_block.is_boilerplate IS NOT TRUE AND trim(text_block.content) <> ''
UNION ALL
SELECT
    of_report.version_id,
    of_report.kind,
    NULL AS text_no,
    of_report.content
FROM of_report
ANTI JOIN answered ON of_report.version_id = answered.version_id AND of_report.kind = answered.kind
WHERE trim(of_report.content) <> '';
