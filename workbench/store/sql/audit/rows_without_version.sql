-- name:   audit/rows_without_version
-- grain:  one row per table and version id that belongs to no version
-- params: none
-- reads:  referral.party, referral.identifier, referral.ip_event, referral.file_record, referral.text_block,
--         referral.text_scan, referral.text_signal,
--         referral.web_address, referral.web_assessment, referral.web_action, referral.transaction_record
-- order:  table_name, version_id
WITH child AS (
    SELECT DISTINCT 'party' AS table_name, party.version_id FROM referral.party
    UNION ALL
    SELECT DISTINCT 'identifier', identifier.version_id FROM referral.identifier
    UNION ALL
    SELECT DISTINCT 'ip_event', ip_event.version_id FROM referral.ip_event
    UNION ALL
    SELECT DISTINCT 'file_record', file_record.version_id FROM referral.file_record
    UNION ALL
    SELECT DISTINCT 'text_block', text_block.version_id FROM referral.text_block
    UNION ALL
    SELECT DISTINCT 'text_scan', text_scan.version_id FROM referral.text_scan
    UNION ALL
    SELECT DISTINCT 'text_signal', text_signal.version_id FROM referral.text_signal
    UNION ALL
    SELECT DISTINCT 'web_address', web_address.version_id FROM referral.web_address
    UNION ALL
    SELECT DISTINCT 'web_assessment', web_assessment.version_id FROM referral.web_assessment
    UNION ALL
    SELECT DISTINCT 'web_action', web_action.version_id FROM referral.web_action
    UNION ALL
    SELECT DISTINCT 'transaction_record', transaction_record.version_id FROM referral.transaction_record
)
SELECT
    child.table_name,
    child.version_id
FROM child
ANTI JOIN referral.report_version
    ON child.version_id = report_version.version_id
ORDER BY child.table_name, child.version_id;
