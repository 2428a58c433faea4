-- name:   intake/add_text_block
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.text_block
-- order:  none
INSERT INTO referral.text_block (
    version_id,
    text_no,
    party_no,
    file_no,
    kind,
    origin,
    is_boilerplate,
    content,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.text_no,
    staged_row.party_no,
    staged_row.file_no,
    staged_row.kind,
    staged_row.origin,
    staged_row.is_boilerplate,
    staged_row.content,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
