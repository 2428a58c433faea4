-- name:   desk/show_standing
-- grain:  one row, or none: what an officer sees of one version when deciding
-- params: $referral_id VARCHAR, $version_seen INTEGER (null: the current one)
-- reads:  referral.report_version, referral.current_assessment, desk.current_decision
-- order:  one row
SELECT
    version.referral_id,
    version.version AS version_seen,
    assessment.rulebook_hash,
    assessment.urgency AS urgency_seen,
    assessment.actionability AS actionability_seen,
    decision.decision_id AS supersedes,
    decision.decided_at AS newest_decided_at
FROM referral.report_version AS version
LEFT JOIN referral.current_assessment AS assessment
    ON version.version_id = assessment.version_id
LEFT JOIN desk.current_decision AS decision
    ON version.referral_id = decision.referral_id
WHERE
    version.referral_id = $referral_id
    AND version.version = coalesce(
        $version_seen,
        (
            SELECT max(newest.version)
            FROM referral.report_version AS newest
            WHERE newest.referral_id = $referral_id AND newest.passed_over IS NULL
        )
    )
