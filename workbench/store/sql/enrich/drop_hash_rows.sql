-- name:   enrich/drop_hash_rows
-- grain:  none; a list that is kept salted must not stay behind as it was written
-- params: none
-- reads:  nothing
-- writes: hash_row
-- order:  none
DROP TABLE IF EXISTS hash_row;
