-- name:   enrich/add_provider_ruling
-- grain:  one row, the ruling as written
-- params: $name_as_written VARCHAR, $ruling VARCHAR, $provider VARCHAR, $ruled_by VARCHAR, $ruled_at TIMESTAMPTZ, $note VARCHAR
-- writes: referral.provider_name_ruling
-- order:  one row
INSERT INTO referral.provider_name_ruling (
    ruling_id, name_as_written, ruling, provider, ruled_by, ruled_at, note
)
SELECT uuidv7(), $name_as_written, $ruling, $provider, $ruled_by, $ruled_at, $note
RETURNING name_as_written, ruling, provider, ruled_by, ruled_at, note
