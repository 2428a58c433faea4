-- name:   desk/list_web_assessments
-- grain:  one row per assessment of a web address of one version
-- params: $version_id VARCHAR
-- reads:  referral.web_assessment, referral.report_version
-- order:  web address, then place in the source
SELECT
    web_assessment.web_address_no,
    web_assessment.classification,
    referral.iccam_word('classification', web_assessment.classification, version.source_format) AS classification_word,
    web_assessment.classified_by,
    web_assessment.classified_at,
    web_assessment.classified_at_zone_stated,
    web_assessment.age_group,
    referral.iccam_word('age', web_assessment.age_group, version.source_format) AS age_group_word,
    web_assessment.gender,
    referral.iccam_word('gender', web_assessment.gender, version.source_format) AS gender_word,
    web_assessment.content_type,
    referral.iccam_word('content_type', web_assessment.content_type, version.source_format) AS content_type_word,
    web_assessment.commerciality,
    referral.iccam_word('commerciality', web_assessment.commerciality, version.source_format) AS commerciality_word,
    web_assessment.payment_methods,
    web_assessment.is_virtual,
    web_assessment.is_child_modeling,
    web_assessment.is_user_generated,
    web_assessment.source_path
FROM referral.web_assessment
INNER JOIN referral.report_version AS version ON web_assessment.version_id = version.version_id
WHERE web_assessment.version_id = $version_id
ORDER BY web_assessment.web_address_no, web_assessment.source_path, web_assessment.classified_by
