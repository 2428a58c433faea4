-- name:   desk/list_attributes
-- grain:  one row per source field of one version that has no column of its own
-- params: $version_id VARCHAR
-- reads:  referral.attribute
-- order:  party, file, name, then place in the source
SELECT
    attribute.party_no,
    attribute.file_no,
    attribute.name,
    attribute.value_as_written,
    attribute.source_path
FROM referral.attribute
WHERE attribute.version_id = $version_id
ORDER BY attribute.party_no, attribute.file_no, attribute.name, attribute.source_path, attribute.value_as_written
