-- name:   desk/list_chips
-- grain:  one row per rule on danger or ability to act that is met, per assessment
-- params: $assessment_ids UUID[], $language VARCHAR
-- reads:  referral.assessment, referral.rule
-- order:  per assessment: urgency before actionability, the strongest effect first; ties by rule
WITH outcome AS (
    SELECT
        assessment.assessment_id,
        assessment.rulebook_hash,
        unnest(assessment.outcomes) AS is_met,
        generate_subscripts(assessment.outcomes, 1) AS rule_no
    FROM referral.assessment
    WHERE assessment.assessment_id IN (SELECT unnest(CAST($assessment_ids AS UUID[])))
)
SELECT
    outcome.assessment_id,
    rule.rule_id,
    rule.axis,
    rule.effect,
    coalesce(json_extract_string(rule.wording, '$.' || $language || '.title'), rule.rule_id) AS title
FROM outcome
INNER JOIN referral.rule AS rule
    ON outcome.rulebook_hash = rule.rulebook_hash
    AND outcome.rule_no = rule.rule_no
WHERE outcome.is_met AND rule.axis IN ('urgency', 'actionability') AND rule.effect <> 'none'
ORDER BY
    outcome.assessment_id,
    CASE rule.axis WHEN 'urgency' THEN 0 ELSE 1 END,
    CASE rule.effect
        WHEN 'elsewhere' THEN -1
        WHEN 'immediate' THEN 0 WHEN 'high' THEN 1 WHEN 'elevated' THEN 2 WHEN 'lowers' THEN 3
        WHEN 'obstacle' THEN 0 WHEN 'offence' THEN 1 WHEN 'person' THEN 2 ELSE 4
    END,
    rule.rule_no
