-- name:   enrich/list_hash_list_rejections
-- grain:  one row per rejected line of a list that is listed
-- params: $list_id UUID
-- reads:  referral.hash_list_rejection
-- order:  line_no, code
SELECT
    hash_list_rejection.line_no,
    hash_list_rejection.code
FROM referral.hash_list_rejection
WHERE hash_list_rejection.list_id = $list_id
ORDER BY hash_list_rejection.line_no, hash_list_rejection.code;
