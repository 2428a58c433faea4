-- name:   intake/add_rejected_counts
-- grain:  one row per reason for which reports were not loaded
-- params: none
-- reads:  staged_row
-- writes: referral.rejected_count
-- order:  none
INSERT INTO referral.rejected_count (
    batch_id,
    code,
    report_count
)
SELECT
    staged_row.batch_id,
    staged_row.code,
    staged_row.report_count
FROM staged_row;
