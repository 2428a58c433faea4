-- name:   intake/add_web_action
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.web_action
-- order:  none
INSERT INTO referral.web_action (
    version_id,
    web_address_no,
    action,
    country,
    acted_at,
    acted_at_as_written,
    acted_at_zone_stated,
    actor,
    reason,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.web_address_no,
    staged_row.action,
    staged_row.country,
    staged_row.acted_at,
    staged_row.acted_at_as_written,
    staged_row.acted_at_zone_stated,
    staged_row.actor,
    staged_row.reason,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
