-- name:   desk/show_header
-- grain:  one row, or none: the current version of one referral and where it stands
-- params: $referral_id VARCHAR, $today DATE
-- reads:  referral.report_version, referral.current_provider_name, referral.assessment, desk.decision (not the views of
--         what is current: one referral is looked up faster than all of them)
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
    decision.reason_code,
    CASE WHEN decision.disposition IS NOT NULL THEN decision.version_seen END AS version_decided_on
FROM (
    SELECT report_version.*
    FROM referral.report_version
    WHERE report_version.referral_id = $referral_id AND report_version.passed_over IS NULL
    ORDER BY report_version.version DESC
    LIMIT 1
) AS version
LEFT JOIN referral.current_provider_name AS provider_name
    ON version.provider_as_written = provider_name.name_as_written
LEFT JOIN (
    SELECT assessment.*
    FROM referral.assessment
    WHERE assessment.referral_id = $referral_id
    QUALIFY row_number() OVER (PARTITION BY assessment.version_id ORDER BY assessment.assessment_id DESC) = 1
) AS assessment
    ON version.version_id = assessment.version_id
LEFT JOIN (
    SELECT decision.*
    FROM desk.decision
    WHERE decision.referral_id = $referral_id
    ORDER BY decision.decided_at DESC, decision.decision_id DESC
    LIMIT 1
) AS decision
    ON version.referral_id = decision.referral_id
