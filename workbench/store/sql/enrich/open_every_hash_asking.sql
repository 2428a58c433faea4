-- name:   enrich/open_every_hash_asking
-- grain:  one row per asking; for when a list was taken back and every file may be told of anew
-- params: $list_id UUID
-- reads:  referral.file_digest
-- writes: open_hash_asking, which is gone with the connection
-- order:  none
CREATE OR REPLACE TEMP TABLE open_hash_asking AS
SELECT DISTINCT
    file_digest.asking_id,
    $list_id AS list_id,
    false AS is_salted
FROM referral.file_digest;
