-- name:   intake/add_attribute
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.attribute
-- order:  none
INSERT INTO referral.attribute (
    version_id,
    party_no,
    file_no,
    name,
    value_as_written,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.party_no,
    staged_row.file_no,
    staged_row.name,
    staged_row.value_as_written,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
