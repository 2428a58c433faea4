-- name:   enrich/add_provider_names
-- grain:  one row per newly placed name
-- params: none
-- reads:  staged_row
-- writes: referral.provider_name
-- order:  none
INSERT INTO referral.provider_name (
    name_as_written,
    provider,
    matched_by,
    score,
    needs_review,
    recorded_at
)
SELECT
    staged_row.name_as_written,
    staged_row.provider,
    staged_row.matched_by,
    staged_row.score,
    staged_row.needs_review,
    now()
FROM staged_row;
