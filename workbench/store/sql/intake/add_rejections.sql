-- name:   intake/add_rejections
-- grain:  one row per report that was not loaded
-- params: none
-- reads:  staged_row
-- writes: referral.rejection
-- order:  none
INSERT INTO referral.rejection (
    batch_id,
    file_name,
    location,
    code,
    message,
    remedy
)
SELECT
    staged_row.batch_id,
    staged_row.file,
    staged_row.location,
    staged_row.code,
    staged_row.message,
    staged_row.remedy
FROM staged_row;
