-- name:   desk/list_web_actions
-- grain:  one row per step taken about a web address of one version, or about all of them
-- params: $version_id VARCHAR
-- reads:  referral.web_action, referral.report_version
-- order:  web address (whole report first), then time, then place in the source
SELECT
    web_action.web_address_no,
    web_action.action,
    referral.iccam_word('action', web_action.action, version.source_format) AS action_word,
    web_action.country,
    web_action.acted_at,
    web_action.acted_at_as_written,
    web_action.acted_at_zone_stated,
    web_action.actor,
    web_action.reason,
    web_action.source_path
FROM referral.web_action
INNER JOIN referral.report_version AS version ON web_action.version_id = version.version_id
WHERE web_action.version_id = $version_id
ORDER BY web_action.web_address_no NULLS FIRST, web_action.acted_at, web_action.source_path
