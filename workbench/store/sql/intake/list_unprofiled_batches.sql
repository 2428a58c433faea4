-- name:   intake/list_unprofiled_batches
-- grain:  one row per import whose presence profile nobody has made; those that died half-way too
-- params: none
-- reads:  referral.report_version, referral.presence
-- order:  batch_id
SELECT DISTINCT report_version.batch_id
FROM referral.report_version
ANTI JOIN referral.presence ON report_version.batch_id = presence.batch_id
ORDER BY report_version.batch_id;
