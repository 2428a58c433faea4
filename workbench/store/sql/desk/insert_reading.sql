-- name:   desk/insert_reading
-- grain:  one row
-- params: $referral_id VARCHAR, $version INTEGER, $read_by VARCHAR, $read_at TIMESTAMPTZ, $part VARCHAR
-- writes: desk.reading
-- order:  one row
INSERT INTO desk.reading (referral_id, version, read_by, read_at, part)
SELECT $referral_id, $version, $read_by, $read_at, $part
