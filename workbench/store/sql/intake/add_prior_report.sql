-- name:   intake/add_prior_report
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.prior_report
-- order:  none
INSERT INTO referral.prior_report (
    version_id,
    party_no,
    prior_report_number,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.party_no,
    staged_row.prior_report_number,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
