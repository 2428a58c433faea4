-- name:   desk/list_source_rows
-- grain:  one row per row that some versions have in any table, with its place in the source and its values as JSON
-- params: $version_ids VARCHAR[]
-- reads:  referral.report_version and every table of what a version says
-- order:  version, table, then place in the source; ties by values
SELECT address.version_id, 'address' AS table_name, address.source_path, to_json(address) AS row_values
FROM referral.address WHERE address.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT attribute.version_id, 'attribute', attribute.source_path, to_json(attribute)
FROM referral.attribute WHERE attribute.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT file_hash.version_id, 'file_hash', file_hash.source_path, to_json(file_hash)
FROM referral.file_hash WHERE file_hash.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT file_record.version_id, 'file_record', file_record.source_path, to_json(file_record)
FROM referral.file_record WHERE file_record.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT geo_lookup.version_id, 'geo_lookup', geo_lookup.source_path, to_json(geo_lookup)
FROM referral.geo_lookup WHERE geo_lookup.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT identifier.version_id, 'identifier', identifier.source_path, to_json(identifier)
FROM referral.identifier WHERE identifier.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT ip_event.version_id, 'ip_event', ip_event.source_path, to_json(ip_event)
FROM referral.ip_event WHERE ip_event.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT party.version_id, 'party', party.source_path, to_json(party)
FROM referral.party WHERE party.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT prior_report.version_id, 'prior_report', prior_report.source_path, to_json(prior_report)
FROM referral.prior_report WHERE prior_report.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT recorded_decision.version_id, 'recorded_decision', recorded_decision.source_path, to_json(recorded_decision)
FROM referral.recorded_decision WHERE recorded_decision.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT report_version.version_id, 'report', report_version.source_path, to_json(report_version)
FROM referral.report_version WHERE report_version.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT text_block.version_id, 'text_block', text_block.source_path, to_json(text_block)
FROM referral.text_block WHERE text_block.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT transaction_record.version_id, 'transaction_record', transaction_record.source_path, to_json(transaction_record)
FROM referral.transaction_record WHERE transaction_record.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT web_action.version_id, 'web_action', web_action.source_path, to_json(web_action)
FROM referral.web_action WHERE web_action.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT web_address.version_id, 'web_address', web_address.source_path, to_json(web_address)
FROM referral.web_address WHERE web_address.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
UNION ALL
SELECT web_assessment.version_id, 'web_assessment', web_assessment.source_path, to_json(web_assessment)
FROM referral.web_assessment WHERE web_assessment.version_id IN (SELECT unnest(CAST($version_ids AS VARCHAR[])))
ORDER BY version_id, table_name, source_path, row_values
