-- name:   intake/add_report_versions
-- grain:  one row per new version
-- params: $loaded_at TIMESTAMPTZ
-- reads:  staged_report, referral.report_version
-- writes: referral.report_version
-- order:  none; versions follow the order of reading
-- Which copy is current, and why another was passed over, is the rule of migration 0008.
INSERT INTO referral.report_version (
    version_id,
    referral_id,
    version,
    batch_id,
    source_file_id,
    source_format,
    source_system,
    report_number_source,
    loaded_at,
    report_number,
    provider_as_written,
    platform,
    incident_type,
    additional_incident_types,
    ncmec_classification,
    incident_at,
    incident_at_as_written,
    incident_at_zone_stated,
    incident_at_description,
    received_at,
    received_at_as_written,
    received_at_zone_stated,
    made_available_at,
    made_available_at_as_written,
    made_available_at_zone_stated,
    processed_at,
    processed_at_as_written,
    processed_at_zone_stated,
    escalation_text,
    priority_id,
    priority_text,
    is_informational,
    batched_reason,
    annotations,
    country,
    police_agency,
    police_case_number,
    was_reported_to_police,
    was_served_domestic_process,
    was_served_foreign_process,
    foreign_process_country,
    stated_file_count,
    source_path,
    not_stated,
    passed_over
)
WITH known_referral AS (
    SELECT
        report_version.referral_id,
        max(report_version.version) AS version
    FROM referral.report_version
    WHERE report_version.referral_id IN (SELECT staged_report.referral_id FROM staged_report)
    GROUP BY report_version.referral_id
),
-- Only reports of which there are several copies are weighed; of nearly all there is one.
copied AS (
    SELECT known_referral.referral_id
    FROM known_referral
    UNION
    SELECT staged_report.referral_id
    FROM staged_report
    WHERE staged_report.nth_of_referral > 1
),
known_copy AS (
    SELECT
        report_version.referral_id,
        report_version.version_id,
        report_version.version,
        report_version.source_format,
        report_version.processed_at,
        report_version.made_available_at
    FROM referral.report_version
    SEMI JOIN copied ON report_version.referral_id = copied.referral_id
    UNION ALL
    SELECT
        staged_report.referral_id,
        staged_report.version_id,
        coalesce(known_referral.version, 0) + staged_report.nth_of_referral,
        staged_report.source_format,
        staged_report.processed_at,
        staged_report.made_available_at
    FROM staged_report
    SEMI JOIN copied ON staged_report.referral_id = copied.referral_id
    LEFT JOIN known_referral ON staged_report.referral_id = known_referral.referral_id
),
weighed AS (
    SELECT
        unnest(report.version_ids) AS version_id,
        unnest(referral.weigh_copies(report.copies)) AS passed_over
    FROM (
        SELECT
            list(known_copy.version_id ORDER BY known_copy.version) AS version_ids,
            list(
                referral.copy_to_weigh(
                    known_copy.source_format, known_copy.processed_at, known_copy.made_available_at
                ) ORDER BY known_copy.version
            ) AS copies
        FROM known_copy
        GROUP BY known_copy.referral_id
    ) AS report
)
SELECT
    staged_report.version_id,
    staged_report.referral_id,
    coalesce(known_referral.version, 0) + staged_report.nth_of_referral AS version,
    staged_report.batch_id,
    staged_report.source_file_id,
    staged_report.source_format,
    staged_report.source_system,
    staged_report.report_number_source,
    $loaded_at,
    staged_report.report_number,
    staged_report.provider_as_written,
    staged_report.platform,
    staged_report.incident_type,
    staged_report.additional_incident_types,
    staged_report.ncmec_classification,
    staged_report.incident_at,
    staged_report.incident_at_as_written,
    staged_report.incident_at_zone_stated,
    staged_report.incident_at_description,
    staged_report.received_at,
    staged_report.received_at_as_written,
    staged_report.received_at_zone_stated,
    staged_report.made_available_at,
    staged_report.made_available_at_as_written,
    staged_report.made_available_at_zone_stated,
    staged_report.processed_at,
    staged_report.processed_at_as_written,
    staged_report.processed_at_zone_stated,
    staged_report.escalation_text,
    staged_report.priority_id,
    staged_report.priority_text,
    staged_report.is_informational,
    staged_report.batched_reason,
    staged_report.annotations,
    staged_report.country,
    staged_report.police_agency,
    staged_report.police_case_number,
    staged_report.was_reported_to_police,
    staged_report.was_served_domestic_process,
    staged_report.was_served_foreign_process,
    staged_report.foreign_process_country,
    staged_report.stated_file_count,
    staged_report.source_path,
    staged_report.not_stated,
    weighed.passed_over
FROM staged_report
LEFT JOIN known_referral ON staged_report.referral_id = known_referral.referral_id
LEFT JOIN weighed ON staged_report.version_id = weighed.version_id;
