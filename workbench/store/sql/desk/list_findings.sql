-- name:   desk/list_findings
-- grain:  one row per rule of the newest assessment of one version
-- params: $version_id VARCHAR, $language VARCHAR, $blank VARCHAR
-- reads:  referral.assessment, referral.rule
-- order:  axis (urgency, actionability, quality), then met, unknown, not met, then rule_no
WITH outcome AS (
    SELECT
        assessment.rulebook_hash,
        assessment.referral_kind,
        assessment.facts,
        unnest(assessment.outcomes) AS is_met,
        generate_subscripts(assessment.outcomes, 1) AS rule_no
    FROM referral.assessment
    WHERE assessment.assessment_id = (
        SELECT max(own.assessment_id) FROM referral.assessment AS own WHERE own.version_id = $version_id
    )
),

finding AS (
    SELECT
        rule.rule_no,
        rule.rule_id,
        rule.rule_version,
        rule.axis,
        rule.effect,
        rule.source,
        rule.expression,
        rule.fact_names,
        outcome.referral_kind AS kind,
        outcome.facts,
        CASE outcome.is_met WHEN true THEN 'met' WHEN false THEN 'not_met' ELSE 'unknown' END AS outcome,
        json_extract(rule.wording, '$.' || $language) AS wording
    FROM outcome
    INNER JOIN referral.rule AS rule
        ON outcome.rulebook_hash = rule.rulebook_hash
        AND outcome.rule_no = rule.rule_no
)

SELECT
    finding.rule_id,
    finding.rule_version,
    finding.axis,
    finding.effect,
    finding.outcome,
    json_extract_string(finding.wording, '$.title') AS title,
    analyst.render_sentence(
        json_extract_string(finding.wording, '$.' || finding.outcome), finding.fact_names, finding.facts, $blank
    ) AS sentence,
    -- Requests are worded for a provider's report; of another kind only the rules that speak of kinds ask.
    CASE
        -- Something is asked where it is not known, and where what is known stands in the way.
        WHEN
            finding.outcome <> 'unknown'
            AND NOT (finding.outcome = 'met' AND finding.effect IN ('obstacle', 'caution'))
            THEN ''
        WHEN
            list_contains(['hotline_report', 'connection_lead', 'transaction_report'], finding.kind)
            AND NOT list_contains(finding.fact_names, 'referral_kind')
            THEN ''
        ELSE coalesce(json_extract_string(finding.wording, '$.ask_for'), '')
    END AS ask_for,
    finding.source,
    finding.expression,
    analyst.pick_facts(finding.fact_names, finding.facts) AS facts
FROM finding
ORDER BY
    CASE finding.axis WHEN 'urgency' THEN 0 WHEN 'actionability' THEN 1 ELSE 2 END,
    CASE finding.outcome WHEN 'met' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END,
    finding.rule_no
