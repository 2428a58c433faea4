-- name:   desk/list_readings
-- grain:  one row per time somebody opened a part of one referral
-- params: $referral_id VARCHAR
-- reads:  desk.reading
-- order:  newest first; ties by reader and part
SELECT
    reading.version,
    reading.read_by,
    reading.read_at,
    reading.part
FROM desk.reading
WHERE reading.referral_id = $referral_id
ORDER BY reading.read_at DESC, reading.read_by, reading.part, reading.version
