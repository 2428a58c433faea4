-- name:   desk/list_texts
-- grain:  one row per free text of one version
-- params: $version_id VARCHAR
-- reads:  referral.text_block
-- order:  what somebody wrote before boilerplate, then text_no
SELECT
    text_block.text_no,
    text_block.party_no,
    text_block.file_no,
    text_block.kind,
    text_block.origin,
    text_block.is_boilerplate,
    coalesce(length(text_block.content), 0) AS length,
    text_block.content,
    text_block.source_path
FROM referral.text_block
WHERE text_block.version_id = $version_id
ORDER BY coalesce(text_block.is_boilerplate, false), text_block.text_no, text_block.source_path
