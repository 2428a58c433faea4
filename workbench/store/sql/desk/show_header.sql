-- name:   desk/show_header
-- grain:  one row, or none: the newest version of one referral and where it stands
-- params: $referral_id VARCHAR, $today DATE
-- reads:  referral.current_version, referral.current_provider_name, referral.current_assessment, desk.current_decision
-- order:  one row
SELECT
    version.referral_id,
    version.version_id,
    version.version,
    version.source_system,
    version.report_number,
    version.report_number_source,
    coalesce(provider_name.provider, version.provider_as_written) AS provider,
    version.provider_as_written,
    version.platform,
    assessment.referral_kind AS kind,
    version.incident_type,
    version.additional_incident_types,
    version.ncmec_classification,
    version.incident_at,
    version.incident_at_as_written,
    version.incident_at_zone_stated,
    version.incident_at_description,
    version.received_at,
    version.received_at_as_written,
    version.received_at_zone_stated,
    version.made_available_at,
    version.processed_at,
    version.escalation_text,
    version.priority_id,
    version.priority_text,
    version.is_informational,
    version.batched_reason,
    version.annotations,
    version.country,
    version.police_agency,
    version.police_case_number,
    version.was_reported_to_police,
    version.was_served_domestic_process,
    version.was_served_foreign_process,
    version.foreign_process_country,
    assessment.assessed_at,
    assessment.rulebook_hash,
    assessment.urgency,
    assessment.actionability,
    analyst.next_clock(assessment.clocks, $today).last_on AS deadline_on,
    analyst.next_clock(assessment.clocks, $today).kind AS deadline_kind,
    decision.disposition,
    decision.reason_code
FROM referral.current_version AS version
LEFT JOIN referral.current_provider_name AS provider_name
    ON version.provider_as_written = provider_name.name_as_written
LEFT JOIN referral.current_assessment AS assessment
    ON version.version_id = assessment.version_id
LEFT JOIN desk.current_decision AS decision
    ON version.referral_id = decision.referral_id
WHERE version.referral_id = $referral_id
