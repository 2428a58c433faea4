-- name:   enrich/add_hash_list_rejections
-- grain:  one row per rejected line that is listed
-- params: $list_id UUID
-- reads:  staged_row
-- writes: referral.hash_list_rejection
-- order:  none
INSERT INTO referral.hash_list_rejection (list_id, line_no, code)
SELECT
    $list_id,
    staged_row.line_no,
    staged_row.code
FROM staged_row;
