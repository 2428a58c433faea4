-- name:   intake/count_imports
-- grain:  one row
-- params: none
-- reads:  referral.import_batch
-- order:  none
SELECT count(*) AS import_count
FROM referral.import_batch;
