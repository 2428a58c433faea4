-- name:   enrich/show_asked_before
-- grain:  one row: whether a version just compared was assessed before, so that its facts may have changed
-- params: none
-- reads:  open_hash_asking, referral.file_digest, referral.assessment
-- order:  none; one row
SELECT EXISTS (
    SELECT 1
    FROM referral.assessment
    INNER JOIN referral.file_digest ON assessment.version_id = file_digest.version_id
    INNER JOIN open_hash_asking ON file_digest.asking_id = open_hash_asking.asking_id
) AS is_assessed;
