-- What was understood: rulebooks as they were, and one assessment row per version and run.
CREATE TABLE referral.rulebook (
    rulebook_hash VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    facts JSON NOT NULL,
    bands JSON NOT NULL
);
COMMENT ON COLUMN referral.rulebook.facts IS 'In declared order: {name, type, unit, origin, null_means, title}';
COMMENT ON TABLE referral.rulebook IS 'A rulebook that was used at least once, kept whole so that its findings can be rebuilt for ever';

CREATE TABLE referral.rule (
    rulebook_hash VARCHAR NOT NULL,
    rule_no INTEGER NOT NULL,
    rule_id VARCHAR NOT NULL,
    rule_version INTEGER NOT NULL,
    axis VARCHAR NOT NULL,
    effect VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    expression VARCHAR NOT NULL,
    fact_names VARCHAR[] NOT NULL,
    wording JSON NOT NULL
);
COMMENT ON TABLE referral.rule IS 'One rule of one rulebook; rule_no is its place in assessment.outcomes (from 1)';
COMMENT ON COLUMN referral.rule.wording IS 'language -> {title, met, not_met, unknown, ask_for}';

CREATE TABLE referral.retention_period (
    rulebook_hash VARCHAR NOT NULL,
    period_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    country VARCHAR,
    valid_from DATE,
    valid_until DATE,
    length_months INTEGER,
    length_days INTEGER,
    certainty VARCHAR NOT NULL,
    legal_basis VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    wording JSON NOT NULL
);
COMMENT ON TABLE referral.retention_period IS 'How long evidence is kept, by whom, on which legal basis; no length means nobody knows';
COMMENT ON COLUMN referral.retention_period.kind IS 'connection_data (per IP event, by country) or provider_preservation (per report)';
COMMENT ON COLUMN referral.retention_period.valid_until IS 'First day on which the period no longer applies; null: still in force';

CREATE TABLE referral.assessment (
    assessment_id UUID NOT NULL,
    version_id VARCHAR NOT NULL,
    referral_id VARCHAR NOT NULL,
    assessed_at TIMESTAMPTZ NOT NULL,
    rulebook_hash VARCHAR NOT NULL,
    facts JSON NOT NULL,
    outcomes BOOLEAN[] NOT NULL,
    urgency VARCHAR NOT NULL,
    actionability VARCHAR NOT NULL,
    referral_kind VARCHAR,
    clocks STRUCT(
        kind VARCHAR,
        period_id VARCHAR,
        ip_event_no INTEGER,
        starts_at TIMESTAMPTZ,
        last_on DATE,
        is_start_estimated BOOLEAN,
        is_country_assumed BOOLEAN
    )[] NOT NULL
);
COMMENT ON TABLE referral.assessment IS 'What a rulebook said about a version: the fact values it used and each rule''s outcome';
COMMENT ON COLUMN referral.assessment.outcomes IS 'By rule_no: true met, false not met, null unknown';
COMMENT ON COLUMN referral.assessment.clocks IS 'One per clock that runs on this version; last_on null means nobody knows';

CREATE VIEW referral.current_assessment AS
SELECT assessment.*
FROM referral.assessment
INNER JOIN (
    SELECT max(assessment_id) AS assessment_id
    FROM referral.assessment
    GROUP BY version_id
) AS newest ON assessment.assessment_id = newest.assessment_id;
COMMENT ON VIEW referral.current_assessment IS 'The newest assessment of each version';

CREATE MACRO analyst.render_sentence(template, fact_names, facts, blank) AS
    list_reduce(
        fact_names,
        lambda sentence, fact_name: replace(
            sentence,
            '{' || fact_name || '}',
            coalesce(json_extract_string(facts, '$.' || fact_name), blank)
        ),
        template
    );

-- Every statement that computes facts begins with this, so that each is complete by itself.
CREATE MACRO referral.version_to_assess(for_rulebook_hash, everything) AS TABLE
    SELECT
        version.version_id,
        version.referral_id,
        version.received_at,
        version.received_at_zone_stated,
        version.stated_file_count
    FROM referral.current_version AS version
    WHERE everything OR version.version_id NOT IN (
        SELECT assessment.version_id
        FROM referral.assessment
        WHERE assessment.rulebook_hash = for_rulebook_hash
    );
