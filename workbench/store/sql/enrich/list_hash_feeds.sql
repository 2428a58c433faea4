-- name:   enrich/list_hash_feeds
-- grain:  one row per list of hashes in use, as `workbench.desk.lists` shows every kind of list
-- params: none
-- reads:  referral.current_hash_list
-- order:  list_name
SELECT
    'hashes' AS kind,
    list.list_name AS name,
    list.label,
    list.as_of,
    list.as_of_basis,
    list.licence,
    list.file_name,
    list.loaded_at,
    list.loaded_by,
    list.entry_count,
    list.rejected_count
FROM referral.current_hash_list AS list
ORDER BY list.list_name;
