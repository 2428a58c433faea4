-- name:   assess/add_retention_periods
-- grain:  one row per retention period of a rulebook, once per rulebook
-- params: $rulebook_hash VARCHAR, $periods VARCHAR
-- writes: referral.retention_period
-- order:  none
INSERT INTO referral.retention_period (
    rulebook_hash, period_id, kind, country, valid_from, valid_until, length_months, length_days,
    certainty, legal_basis, source, wording, providers, networks, starts, is_counted
)
SELECT
    $rulebook_hash,
    entry.period_id,
    entry.kind,
    entry.country,
    entry.valid_from,
    entry.valid_until,
    entry.length_months,
    entry.length_days,
    entry.certainty,
    entry.legal_basis,
    entry.source,
    entry.wording,
    entry.providers,
    entry.networks,
    entry.starts,
    entry.is_counted
FROM (
    SELECT unnest(from_json($periods, '[{
        "period_id": "VARCHAR", "kind": "VARCHAR", "country": "VARCHAR", "valid_from": "DATE", "valid_until": "DATE",
        "length_months": "INTEGER", "length_days": "INTEGER", "certainty": "VARCHAR", "legal_basis": "VARCHAR",
        "source": "VARCHAR", "wording": "JSON", "providers": ["VARCHAR"], "networks": ["VARCHAR"], "starts": "VARCHAR",
        "is_counted": "BOOLEAN"
    }]')) AS entry
)
WHERE NOT EXISTS (SELECT 1 FROM referral.retention_period AS known WHERE known.rulebook_hash = $rulebook_hash)
