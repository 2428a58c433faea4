-- name:   intake/add_web_assessment
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.web_assessment
-- order:  none
INSERT INTO referral.web_assessment (
    version_id,
    web_address_no,
    classification,
    classified_by,
    classified_at,
    classified_at_as_written,
    classified_at_zone_stated,
    age_group,
    gender,
    content_type,
    commerciality,
    payment_methods,
    is_virtual,
    is_child_modeling,
    is_user_generated,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.web_address_no,
    staged_row.classification,
    staged_row.classified_by,
    staged_row.classified_at,
    staged_row.classified_at_as_written,
    staged_row.classified_at_zone_stated,
    staged_row.age_group,
    staged_row.gender,
    staged_row.content_type,
    staged_row.commerciality,
    staged_row.payment_methods,
    staged_row.is_virtual,
    staged_row.is_child_modeling,
    staged_row.is_user_generated,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
