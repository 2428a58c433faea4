-- name:   assess/list_findings_of_assessment
-- grain:  one row per rule of the rulebook that an assessment used
-- params: $assessment_id VARCHAR
-- reads:  referral.assessment, referral.rule, referral.rulebook
-- order:  rule_no
SELECT
    rule.rule_no,
    rule.rule_id,
    rule.rule_version,
    rule.axis,
    rule.effect,
    rule.source,
    rule.expression,
    rule.fact_names,
    rule.wording,
    assessment.outcomes[rule.rule_no] AS recorded_is_met,
    assessment.facts,
    rulebook.facts AS declared_facts
FROM referral.assessment
INNER JOIN referral.rule ON assessment.rulebook_hash = rule.rulebook_hash
INNER JOIN referral.rulebook ON assessment.rulebook_hash = rulebook.rulebook_hash
WHERE assessment.assessment_id = CAST($assessment_id AS UUID)
ORDER BY rule.rule_no
