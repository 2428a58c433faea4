-- name:   intake/add_set_aside
-- grain:  one row per thing set aside
-- params: none
-- reads:  staged_row
-- writes: referral.set_aside
-- order:  none
INSERT INTO referral.set_aside (
    batch_id,
    file_name,
    kind,
    byte_count,
    reason
)
SELECT
    staged_row.batch_id,
    staged_row.file,
    staged_row.kind,
    staged_row.byte_count,
    staged_row.reason
FROM staged_row;
