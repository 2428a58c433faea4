-- The views other people rely on. Current version of each referral unless the name says otherwise.
CREATE VIEW referral.narrative AS
SELECT
    version_id,
    string_agg(content, chr(10) || chr(10) ORDER BY text_no) AS narrative
FROM referral.text_block
WHERE NOT is_boilerplate
GROUP BY version_id;
COMMENT ON VIEW referral.narrative IS 'The free text of a version, without boilerplate';

-- A clock that has run out stays; the deadline is the next one still ahead, else the last that passed.
CREATE MACRO analyst.next_clock(clocks, today) AS
    coalesce(
        list_filter(
            list_sort(list_transform(clocks, lambda clock: {'last_on': clock.last_on, 'kind': clock.kind, 'period_id': clock.period_id, 'is_start_estimated': clock.is_start_estimated, 'is_country_assumed': clock.is_country_assumed})),
            lambda clock: clock.last_on >= today
        )[1],
        list_filter(
            list_reverse_sort(list_transform(clocks, lambda clock: {'last_on': clock.last_on, 'kind': clock.kind, 'period_id': clock.period_id, 'is_start_estimated': clock.is_start_estimated, 'is_country_assumed': clock.is_country_assumed})),
            lambda clock: clock.last_on < today
        )[1]
    );

CREATE VIEW analyst.referral_version AS
SELECT
    report_version.referral_id,
    report_version.source_system,
    report_version.report_number,
    report_version.version,
    coalesce(provider_name.provider, report_version.provider_as_written) AS provider,
    report_version.provider_as_written,
    report_version.platform,
    report_version.incident_type,
    report_version.ncmec_classification,
    report_version.incident_at,
    report_version.incident_at_zone_stated,
    report_version.received_at,
    report_version.received_at_zone_stated,
    report_version.escalation_text,
    report_version.priority_id,
    report_version.is_informational,
    report_version.batched_reason,
    report_version.annotations,
    narrative.narrative,
    report_version.country,
    assessment.urgency,
    assessment.actionability,
    analyst.next_clock(assessment.clocks, current_date).last_on AS deadline_on,
    analyst.next_clock(assessment.clocks, current_date).kind AS deadline_kind,
    decision.disposition,
    decision.reason_code,
    report_version.source_format,
    source_file.file_name AS source_file,
    report_version.loaded_at
FROM referral.report_version
LEFT JOIN referral.current_provider_name AS provider_name
    ON report_version.provider_as_written = provider_name.name_as_written
LEFT JOIN referral.narrative
    ON report_version.version_id = narrative.version_id
LEFT JOIN referral.current_assessment AS assessment
    ON report_version.version_id = assessment.version_id
LEFT JOIN desk.current_decision AS decision
    ON report_version.referral_id = decision.referral_id
LEFT JOIN referral.source_file
    ON report_version.source_file_id = source_file.source_file_id;
COMMENT ON VIEW analyst.referral_version IS 'One row per version of a referral; columns as analyst.referral';

CREATE VIEW analyst.referral AS
SELECT referral_version.*
FROM analyst.referral_version
INNER JOIN (
    SELECT
        referral_id,
        max(version) AS version
    FROM referral.report_version
    GROUP BY referral_id
) AS newest
    ON referral_version.referral_id = newest.referral_id
    AND referral_version.version = newest.version;
COMMENT ON VIEW analyst.referral IS 'One row per referral: its newest version, what is known of it and what was decided';
COMMENT ON COLUMN analyst.referral.referral_id IS 'Our own key, stable over versions';
COMMENT ON COLUMN analyst.referral.source_system IS 'Whose numbering report_number is: cybertipline, or the column map of a table';
COMMENT ON COLUMN analyst.referral.report_number IS 'As text; null if the source gives none, never invented';
COMMENT ON COLUMN analyst.referral.version IS 'From 1; a changed copy of a known report is the next version';
COMMENT ON COLUMN analyst.referral.provider IS 'Canonical name; a name that fits nothing stays itself';
COMMENT ON COLUMN analyst.referral.provider_as_written IS 'The reporting provider as the source wrote it';
COMMENT ON COLUMN analyst.referral.platform IS 'The app where it happened, as written';
COMMENT ON COLUMN analyst.referral.incident_type IS 'The provider''s own label, as written';
COMMENT ON COLUMN analyst.referral.ncmec_classification IS 'NCMEC''s own type, as written';
COMMENT ON COLUMN analyst.referral.incident_at IS 'UTC; often the time of detection, not of the act';
COMMENT ON COLUMN analyst.referral.incident_at_zone_stated IS 'False: nobody stated the zone and the time was read as UTC';
COMMENT ON COLUMN analyst.referral.received_at IS 'UTC; when NCMEC received the report';
COMMENT ON COLUMN analyst.referral.received_at_zone_stated IS 'False: nobody stated the zone and the time was read as UTC';
COMMENT ON COLUMN analyst.referral.escalation_text IS 'Why the provider says a child is at immediate risk; text present means escalated';
COMMENT ON COLUMN analyst.referral.priority_id IS 'NCMEC''s priority as written; E is not a rank';
COMMENT ON COLUMN analyst.referral.is_informational IS 'True: NCMEC calls it informational; null: not said';
COMMENT ON COLUMN analyst.referral.batched_reason IS 'One report standing for many near-identical ones, and why';
COMMENT ON COLUMN analyst.referral.annotations IS 'The provider''s tags; a tag that is missing was not said';
COMMENT ON COLUMN analyst.referral.narrative IS 'Free text without boilerplate';
COMMENT ON COLUMN analyst.referral.country IS 'The country NCMEC sent it to, as stated';
COMMENT ON COLUMN analyst.referral.urgency IS 'Danger to a child: immediate, high, elevated, routine; null: not yet assessed';
COMMENT ON COLUMN analyst.referral.actionability IS 'actionable, needs_information, not_actionable; null: not yet assessed';
COMMENT ON COLUMN analyst.referral.deadline_on IS 'Last day on which the next evidence to be lost can be asked for; a past day when all has expired; null: not known';
COMMENT ON COLUMN analyst.referral.deadline_kind IS 'Which evidence: connection_data or provider_preservation';
COMMENT ON COLUMN analyst.referral.disposition IS 'imported, not_imported, awaiting_information, transferred; null: open';
COMMENT ON COLUMN analyst.referral.reason_code IS 'Why it was not imported';
COMMENT ON COLUMN analyst.referral.source_format IS 'The format it was read from';
COMMENT ON COLUMN analyst.referral.source_file IS 'The file this version was read from';
COMMENT ON COLUMN analyst.referral.loaded_at IS 'UTC; when this version was loaded here';

CREATE MACRO analyst.referral_as_of(moment) AS TABLE
    SELECT referral_version.* EXCLUDE (disposition, reason_code),
        decision.disposition,
        decision.reason_code
    FROM analyst.referral_version
    INNER JOIN (
        SELECT
            referral_id,
            max(version) AS version
        FROM referral.report_version
        WHERE loaded_at <= moment
        GROUP BY referral_id
    ) AS newest
        ON referral_version.referral_id = newest.referral_id
        AND referral_version.version = newest.version
    LEFT JOIN (
        SELECT
            referral_id,
            arg_max_null(disposition, (decided_at, decision_id)) AS disposition,
            arg_max_null(reason_code, (decided_at, decision_id)) AS reason_code
        FROM desk.decision
        WHERE decided_at <= moment
        GROUP BY referral_id
    ) AS decision ON referral_version.referral_id = decision.referral_id;

CREATE VIEW analyst.party AS
SELECT
    version.referral_id,
    party.* EXCLUDE (version_id, source_path, not_stated)
FROM referral.party
INNER JOIN referral.current_version AS version ON party.version_id = version.version_id;
COMMENT ON VIEW analyst.party IS 'One row per party of a referral''s newest version';
COMMENT ON COLUMN analyst.party.role IS 'reported_user, victim, intended_recipient, associated_account or reporter';
COMMENT ON COLUMN analyst.party.parent_party_no IS 'For an associated account: the party it belongs to';
COMMENT ON COLUMN analyst.party.age IS 'Years, as stated or approximate; null: not stated';
COMMENT ON COLUMN analyst.party.is_compromised IS 'True: the provider says the account was hijacked; the holder may not be the actor';
COMMENT ON COLUMN analyst.party.was_user_notified IS 'True: the person may know about the report';

CREATE VIEW analyst.identifier AS
SELECT
    version.referral_id,
    identifier.party_no,
    identifier.kind,
    identifier.value_as_written,
    identifier.value,
    identifier.is_verified,
    identifier.label,
    identifier.file_no
FROM referral.identifier
INNER JOIN referral.current_version AS version ON identifier.version_id = version.version_id;
COMMENT ON VIEW analyst.identifier IS 'One row per identifier of a referral''s newest version';
COMMENT ON COLUMN analyst.identifier.kind IS 'email, phone, screen_name, display_name, provider_user_id, profile_url or device_id';
COMMENT ON COLUMN analyst.identifier.value IS 'For matching; null when the text is not a value of its kind';
COMMENT ON COLUMN analyst.identifier.is_verified IS 'The provider''s claim; null: not said';

CREATE VIEW analyst.ip_event AS
SELECT
    version.referral_id,
    ip_event.party_no,
    ip_event.file_no,
    ip_event.ip_event_no,
    ip_event.ip_address,
    ip_event.ip_address_as_written,
    ip_event.event_name,
    ip_event.occurred_at,
    ip_event.occurred_at_zone_stated,
    ip_event.source_port,
    ip_event.is_possible_proxy,
    lookup.country,
    lookup.network_owner,
    ip_event.network_kind,
    CASE WHEN ip_event.network_kind = 'unknown' THEN NULL ELSE 'special-purpose address registry' END AS kind_source,
    CAST(NULL AS DATE) AS kind_as_of,
    clock.last_on AS retention_deadline_on,
    clock.period_id AS retention_period_id,
    clock.is_country_assumed AS is_retention_country_assumed
FROM referral.ip_event
INNER JOIN referral.current_version AS version ON ip_event.version_id = version.version_id
LEFT JOIN (
    SELECT
        version_id,
        ip_address,
        any_value(country ORDER BY source_path) AS country,
        any_value(organization ORDER BY source_path) AS network_owner
    FROM referral.geo_lookup
    GROUP BY version_id, ip_address
) AS lookup ON ip_event.version_id = lookup.version_id AND ip_event.ip_address = lookup.ip_address
LEFT JOIN (
    SELECT
        assessment.version_id,
        unnest(assessment.clocks, recursive := true)
    FROM referral.current_assessment AS assessment
) AS clock
    ON ip_event.version_id = clock.version_id
    AND ip_event.ip_event_no = clock.ip_event_no
    AND clock.kind = 'connection_data';
COMMENT ON VIEW analyst.ip_event IS 'One row per address seen at one moment, of a referral''s newest version';
COMMENT ON COLUMN analyst.ip_event.occurred_at IS 'UTC; null: the address cannot be resolved to a subscriber';
COMMENT ON COLUMN analyst.ip_event.occurred_at_zone_stated IS 'False: nobody stated the zone; the time was read as UTC and clocks take the careful end';
COMMENT ON COLUMN analyst.ip_event.source_port IS 'Needed where a carrier shares addresses; null: not said';
COMMENT ON COLUMN analyst.ip_event.is_possible_proxy IS 'The provider''s claim; null: not said';
COMMENT ON COLUMN analyst.ip_event.country IS 'By NCMEC''s look-up in the same report; null: not looked up';
COMMENT ON COLUMN analyst.ip_event.network_owner IS 'By NCMEC''s look-up in the same report; null: not looked up';
COMMENT ON COLUMN analyst.ip_event.network_kind IS 'tor, vpn, hosting, carrier, access, reserved, unknown; in no list is unknown';
COMMENT ON COLUMN analyst.ip_event.retention_deadline_on IS 'Last day to ask the access provider who had the address; null: not known, or not assessed';
COMMENT ON COLUMN analyst.ip_event.is_retention_country_assumed IS 'True: nobody stated the country and the unit''s own was assumed';

CREATE VIEW analyst.file_record AS
SELECT
    version.referral_id,
    file_record.file_no,
    file_record.file_id,
    file_record.original_name,
    file_record.file_name,
    file_record.is_viewed_by_provider,
    file_record.is_publicly_available,
    file_record.relevance,
    file_record.industry_classification,
    file_record.flags,
    coalesce(hash.hashes, []) AS hashes,
    file_record.ncmec_tags,
    file_record.uploaded_at
FROM referral.file_record
INNER JOIN referral.current_version AS version ON file_record.version_id = version.version_id
LEFT JOIN (
    SELECT
        version_id,
        file_no,
        list({'hash_type': hash_type, 'value': value} ORDER BY source_path, hash_type) AS hashes
    FROM referral.file_hash
    GROUP BY version_id, file_no
) AS hash ON file_record.version_id = hash.version_id AND file_record.file_no = hash.file_no;
COMMENT ON VIEW analyst.file_record IS 'One row per file a referral names; metadata only';
COMMENT ON COLUMN analyst.file_record.is_viewed_by_provider IS 'True, false and null (not said) are three different legal situations';
COMMENT ON COLUMN analyst.file_record.relevance IS 'Reported, or Supplemental Reported (context); null reads as Reported';
COMMENT ON COLUMN analyst.file_record.industry_classification IS 'The provider''s opinion: A1, A2, B1, B2';

CREATE MACRO analyst.pick_facts(fact_names, facts) AS
    CAST(
        '{' || array_to_string(
            list_transform(
                fact_names,
                lambda fact_name: to_json(fact_name) || ': ' || coalesce(json_extract(facts, '$.' || fact_name), 'null')
            ),
            ', '
        ) || '}' AS JSON
    );

CREATE VIEW analyst.finding AS
SELECT
    outcome.referral_id,
    outcome.version_id,
    outcome.assessment_id,
    outcome.rulebook_hash,
    rule.rule_no,
    rule.rule_id,
    rule.rule_version,
    rule.axis,
    rule.effect,
    CASE outcome.is_met WHEN true THEN 'met' WHEN false THEN 'not_met' ELSE 'unknown' END AS outcome,
    analyst.render_sentence(
        json_extract_string(
            rule.wording,
            CASE outcome.is_met WHEN true THEN '$.en.met' WHEN false THEN '$.en.not_met' ELSE '$.en.unknown' END
        ),
        rule.fact_names,
        outcome.facts,
        'not stated'
    ) AS sentence,
    analyst.pick_facts(rule.fact_names, outcome.facts) AS facts
FROM (
    SELECT
        assessment.referral_id,
        assessment.version_id,
        assessment.assessment_id,
        assessment.rulebook_hash,
        assessment.facts,
        unnest(assessment.outcomes) AS is_met,
        generate_subscripts(assessment.outcomes, 1) AS rule_no
    FROM referral.current_assessment AS assessment
    INNER JOIN referral.current_version AS version ON assessment.version_id = version.version_id
) AS outcome
INNER JOIN referral.rule AS rule
    ON outcome.rulebook_hash = rule.rulebook_hash
    AND outcome.rule_no = rule.rule_no;
COMMENT ON VIEW analyst.finding IS 'What each rule says about each referral''s newest version';
COMMENT ON COLUMN analyst.finding.outcome IS 'met, not_met or unknown; unknown is not no';
COMMENT ON COLUMN analyst.finding.facts IS 'The fact values this rule used, as they were';

CREATE VIEW analyst.decision AS
SELECT
    decision.referral_id,
    decision.decided_at,
    decision.decided_by,
    decision.disposition,
    decision.reason_code,
    decision.note,
    decision.version_seen,
    decision.rulebook_hash AS rulebook,
    decision.supersedes,
    decision.decision_id,
    decision.urgency_seen,
    decision.actionability_seen,
    decision.origin
FROM desk.decision;
COMMENT ON VIEW analyst.decision IS 'Every decision ever made, undone ones included; supersedes names the row it replaces';

CREATE VIEW analyst.link AS
SELECT
    version.referral_id,
    other.referral_id AS other_referral_id,
    'prior_report_number' AS kind,
    'stated' AS strength,
    to_json({'report_number': prior.prior_report_number, 'source_path': prior.source_path}) AS evidence,
    CAST(NULL AS VARCHAR) AS judgement
FROM referral.prior_report AS prior
INNER JOIN referral.current_version AS version ON prior.version_id = version.version_id
INNER JOIN referral.current_version AS other
    ON prior.prior_report_number = other.report_number
    AND version.source_system = other.source_system
    AND version.referral_id <> other.referral_id;
COMMENT ON VIEW analyst.link IS 'Referrals that a source itself ties together by report number';

CREATE VIEW analyst.provider_name AS
SELECT
    name_as_written,
    provider,
    matched_by,
    score,
    needs_review
FROM referral.current_provider_name;
COMMENT ON VIEW analyst.provider_name IS 'Every provider name as written and the canonical provider it stands for';
COMMENT ON COLUMN analyst.provider_name.matched_by IS 'table (an alias we list), similar (near spelling) or itself (fits nothing)';
COMMENT ON COLUMN analyst.provider_name.score IS 'Likeness of a near spelling, 0 to 100; null otherwise';
COMMENT ON COLUMN analyst.provider_name.needs_review IS 'True: a person should confirm it';
