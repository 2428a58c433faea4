-- name:   assess/add_rulebook
-- grain:  one row, once per rulebook
-- params: $rulebook_hash VARCHAR, $recorded_at TIMESTAMPTZ, $facts VARCHAR, $bands VARCHAR
-- writes: referral.rulebook
-- order:  none
INSERT INTO referral.rulebook (rulebook_hash, recorded_at, facts, bands)
SELECT
    $rulebook_hash,
    $recorded_at,
    CAST($facts AS JSON),
    CAST($bands AS JSON)
WHERE NOT EXISTS (SELECT 1 FROM referral.rulebook AS known WHERE known.rulebook_hash = $rulebook_hash)
