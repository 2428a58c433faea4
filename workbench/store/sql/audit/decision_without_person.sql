-- name:   audit/decision_without_person
-- grain:  one row per decision that names nobody, or whose referral is not here
-- params: none
-- reads:  desk.decision, referral.report_version
-- order:  decision_id
SELECT decision.decision_id
FROM desk.decision
WHERE trim(decision.decided_by) = ''
    OR decision.referral_id NOT IN (
        SELECT report_version.referral_id FROM referral.report_version
    )
ORDER BY decision.decision_id;
