-- name:   audit/assessment_without_rulebook
-- grain:  one row per assessment that cannot be rebuilt: no rulebook, other number of rules, no version
-- params: none
-- reads:  referral.assessment, referral.rule, referral.report_version
-- order:  assessment_id
WITH rulebook AS (
    SELECT
        rule.rulebook_hash,
        count(*) AS rule_count
    FROM referral.rule
    GROUP BY rule.rulebook_hash
)
SELECT assessment.assessment_id
FROM referral.assessment
LEFT JOIN rulebook
    ON assessment.rulebook_hash = rulebook.rulebook_hash
LEFT JOIN referral.report_version
    ON assessment.version_id = report_version.version_id
WHERE rulebook.rule_count IS DISTINCT FROM len(assessment.outcomes)
    OR report_version.version_id IS NULL
ORDER BY assessment.assessment_id;
