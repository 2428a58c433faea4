-- name:   desk/list_facts
-- grain:  one row per fact that a rulebook declares
-- params: $rulebook_hash VARCHAR, $language VARCHAR
-- reads:  referral.rulebook
-- order:  fact name
SELECT
    json_extract_string(fact.declared, '$.name') AS name,
    coalesce(
        json_extract_string(fact.declared, '$.title.' || $language),
        json_extract_string(fact.declared, '$.name')
    ) AS title,
    CAST(json_extract(fact.declared, '$.origin') AS VARCHAR[]) AS origin
FROM (
    SELECT unnest(CAST(rulebook.facts AS JSON[])) AS declared
    FROM referral.rulebook
    WHERE rulebook.rulebook_hash = $rulebook_hash
) AS fact
ORDER BY name
