-- name:   intake/list_known_versions
-- grain:  one row per staged version whose content is in the store
-- params: none
-- reads:  staged_version, referral.report_version
-- order:  version_id
SELECT staged_version.version_id
FROM staged_version
SEMI JOIN referral.report_version
    ON staged_version.version_id = report_version.version_id
ORDER BY staged_version.version_id;
