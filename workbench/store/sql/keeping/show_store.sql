-- name:   keeping/show_store
-- grain:  one row: which store this is, how new its tables are, and what it holds
-- params: none
-- reads:  main.store_identity, main.migration, referral.report_version, desk.decision
-- order:  one row
SELECT
    (SELECT min(CAST(store_identity.store_id AS VARCHAR)) FROM main.store_identity) AS store_id,
    (SELECT max(migration.file_name) FROM main.migration) AS migration,
    (
        SELECT count(DISTINCT report_version.referral_id) FROM referral.report_version
    ) AS referral_count,
    (SELECT count(*) FROM desk.decision) AS decision_count
ORDER BY store_id;
