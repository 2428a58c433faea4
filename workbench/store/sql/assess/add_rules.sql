-- name:   assess/add_rules
-- grain:  one row per rule of a rulebook, once per rulebook
-- params: $rulebook_hash VARCHAR, $rules VARCHAR
-- writes: referral.rule
-- order:  none
INSERT INTO referral.rule (
    rulebook_hash, rule_no, rule_id, rule_version, axis, effect, source, expression, fact_names, wording
)
SELECT
    $rulebook_hash,
    entry.rule_no,
    entry.rule_id,
    entry.rule_version,
    entry.axis,
    entry.effect,
    entry.source,
    entry.expression,
    entry.fact_names,
    entry.wording
FROM (
    SELECT unnest(from_json($rules, '[{
        "rule_no": "INTEGER", "rule_id": "VARCHAR", "rule_version": "INTEGER", "axis": "VARCHAR", "effect": "VARCHAR",
        "source": "VARCHAR", "expression": "VARCHAR", "fact_names": ["VARCHAR"], "wording": "JSON"
    }]')) AS entry
)
WHERE NOT EXISTS (SELECT 1 FROM referral.rule AS known WHERE known.rulebook_hash = $rulebook_hash)
