-- name:   intake/add_warnings
-- grain:  one row per warning of an import
-- params: none
-- reads:  staged_row
-- writes: referral.import_warning
-- order:  none
INSERT INTO referral.import_warning (
    batch_id,
    warning_no,
    warning
)
SELECT
    staged_row.batch_id,
    staged_row.warning_no,
    staged_row.warning
FROM staged_row;
