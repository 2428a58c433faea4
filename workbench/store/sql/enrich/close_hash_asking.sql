-- name:   enrich/close_hash_asking
-- grain:  one row per asking and list just compared
-- params: $asked_at TIMESTAMPTZ
-- reads:  open_hash_asking
-- writes: referral.hash_list_asked
-- order:  none
INSERT INTO referral.hash_list_asked (asking_id, list_id, asked_at)
SELECT
    open_hash_asking.asking_id,
    open_hash_asking.list_id,
    $asked_at
FROM open_hash_asking;
