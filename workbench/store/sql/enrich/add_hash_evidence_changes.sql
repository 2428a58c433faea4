-- name:   enrich/add_hash_evidence_changes
-- grain:  one row per version whose newest assessment used other facts about hash lists than hold now
-- params: $changed_at TIMESTAMPTZ, $cause VARCHAR
-- reads:  hash_fact (assess/select_hash_facts, put in by the caller), open_hash_asking, referral.file_digest,
--         referral.assessment
-- writes: referral.evidence_change
-- order:  none
INSERT INTO referral.evidence_change (version_id, changed_at, cause)
WITH asked AS (
    SELECT DISTINCT file_digest.version_id
    FROM referral.file_digest
    SEMI JOIN open_hash_asking ON file_digest.asking_id = open_hash_asking.asking_id
),
used AS (
    SELECT
        assessment.version_id,
        arg_max(assessment.facts, assessment.assessment_id) AS facts
    FROM referral.assessment
    SEMI JOIN asked ON assessment.version_id = asked.version_id
    GROUP BY assessment.version_id
)
SELECT
    used.version_id,
    $changed_at,
    $cause
FROM used
INNER JOIN hash_fact ON used.version_id = hash_fact.version_id
WHERE (
    hash_fact.is_every_file_on_viral_list,
    hash_fact.viral_hash_lists,
    hash_fact.known_listed_file_count,
    hash_fact.known_hash_lists,
    hash_fact.not_relevant_listed_file_count,
    hash_fact.not_relevant_hash_lists,
    hash_fact.unlisted_classified_file_count
) IS DISTINCT FROM (
    CAST(json_extract_string(used.facts, '$.is_every_file_on_viral_list') AS BOOLEAN),
    json_extract_string(used.facts, '$.viral_hash_lists'),
    CAST(json_extract_string(used.facts, '$.known_listed_file_count') AS BIGINT),
    json_extract_string(used.facts, '$.known_hash_lists'),
    CAST(json_extract_string(used.facts, '$.not_relevant_listed_file_count') AS BIGINT),
    json_extract_string(used.facts, '$.not_relevant_hash_lists'),
    CAST(json_extract_string(used.facts, '$.unlisted_classified_file_count') AS BIGINT)
);
