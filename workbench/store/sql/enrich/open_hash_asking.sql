-- name:   enrich/open_hash_asking
-- grain:  one row per asking and list that were not compared yet and can be with the salt at hand
-- params: $salt_mark VARCHAR (null: no salt)
-- reads:  referral.file_digest, referral.current_hash_list, referral.hash_list_asked
-- writes: open_hash_asking, which is gone with the connection
-- order:  none
CREATE OR REPLACE TEMP TABLE open_hash_asking AS
SELECT
    asking.asking_id,
    list.list_id,
    list.salt_mark IS NOT NULL AS is_salted
FROM (
    SELECT DISTINCT file_digest.asking_id
    FROM referral.file_digest
) AS asking
CROSS JOIN referral.current_hash_list AS list
ANTI JOIN referral.hash_list_asked AS asked
    ON asking.asking_id = asked.asking_id
    AND list.list_id = asked.list_id
WHERE list.salt_mark IS NULL OR list.salt_mark = $salt_mark;
