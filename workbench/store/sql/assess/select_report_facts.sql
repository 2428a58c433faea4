-- name:   assess/select_report_facts
-- grain:  one row per version to assess: what the report itself says
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.report_version, referral.party
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
typed AS (
    SELECT
        report.*,
        lower(concat_ws(
            ' | ',
            report.incident_type,
            report.ncmec_classification,
            array_to_string(report.additional_incident_types, ' | ')
        )) AS types,
        lower(trim(report.escalation_text)) AS escalation,
        trim(report.ncmec_classification) AS ncmec_type,
        list_contains(report.annotations, 'sextortion') AS has_sextortion_tag,
        list_contains(report.annotations, 'csamSolicitation') AS has_solicitation_tag,
        EXISTS (
            SELECT 1 FROM referral.party WHERE party.version_id = report.version_id AND party.role = 'victim'
        ) AS has_victim
    FROM target
    INNER JOIN referral.report_version AS report ON target.version_id = report.version_id
),
kinded AS (
    SELECT
        typed.*,
        CASE
            WHEN referral.kind_of_format(typed.source_format) IS NOT NULL THEN referral.kind_of_format(typed.source_format)
            WHEN typed.has_sextortion_tag OR contains(typed.types, 'sextortion') THEN 'sextortion'
            WHEN contains(typed.types, 'enticement') THEN 'enticement'
            WHEN contains(typed.types, 'trafficking') THEN 'trafficking'
            WHEN contains(typed.types, 'tourism') THEN 'tourism'
            WHEN contains(typed.types, 'molestation') THEN 'molestation'
            WHEN contains(typed.types, 'unsolicited') THEN 'unsolicited'
            WHEN regexp_matches(typed.types, 'pornograph|csam|sexual abuse material') THEN 'image'
            WHEN contains(typed.types, 'misleading domain') THEN 'misleading_domain'
            WHEN contains(typed.types, 'misleading words') THEN 'misleading_words'
            WHEN typed.types <> '' THEN 'other'
        END AS referral_kind,
        referral_kind IN ('misleading_domain', 'misleading_words') AS is_name_only
    FROM typed
)
SELECT
    kinded.version_id,
    kinded.ncmec_type AS ncmec_classification,
    kinded.referral_kind,
    -- A hotline's, monitor's or bank's report attaches no images for the unit to judge.
    CASE
        WHEN referral.kind_of_format(kinded.source_format) IS NOT NULL THEN false
        WHEN kinded.has_solicitation_tag THEN false
        WHEN kinded.referral_kind = 'image' THEN true
        WHEN kinded.referral_kind <> 'other' THEN false
    END AS is_image_referral,
    CASE
        WHEN kinded.referral_kind = 'transaction_report' THEN NULL
        WHEN kinded.referral_kind IN ('hotline_report', 'connection_lead') THEN false
        WHEN kinded.has_solicitation_tag THEN true
        WHEN kinded.referral_kind = 'image' OR kinded.is_name_only THEN false
        WHEN kinded.referral_kind <> 'other' THEN true
    END AS is_contact_referral,
    contains(nullif(kinded.types, ''), 'enticement') AS is_enticement,
    contains(nullif(kinded.types, ''), 'trafficking') AS is_trafficking,
    contains(nullif(kinded.types, ''), 'tourism') AS is_tourism,
    contains(nullif(kinded.types, ''), 'molestation') AS is_molestation,
    contains(nullif(kinded.types, ''), 'unsolicited') AS is_unsolicited,
    NOT contains(lower(kinded.ncmec_type), 'unconfirmed') AS is_ncmec_type_confirmed,
    CASE
        WHEN kinded.escalation IN ('no', 'none', 'false', '0', 'nei') THEN false
        WHEN kinded.escalation <> '' THEN true
    END AS is_escalated,
    CASE WHEN trim(kinded.priority_id) IN ('1', '2', '3') THEN CAST(trim(kinded.priority_id) AS BIGINT) END
        AS ncmec_priority,
    -- A tag that is missing was not said; only a report about a mere name or word rules it out.
    CASE WHEN kinded.referral_kind = 'sextortion' THEN true WHEN kinded.is_name_only THEN false END
        AS is_tagged_sextortion,
    CASE WHEN list_contains(kinded.annotations, 'sadisticOnlineExploitation') THEN true WHEN kinded.is_name_only THEN false END
        AS is_tagged_sadistic,
    CASE WHEN kinded.has_solicitation_tag THEN true WHEN kinded.is_name_only THEN false END
        AS is_tagged_solicitation,
    CASE WHEN kinded.has_victim THEN true WHEN kinded.is_name_only THEN false END AS has_stated_victim,
    CASE WHEN list_contains(kinded.annotations, 'minorToMinorInteraction') THEN true WHEN kinded.is_name_only THEN false END
        AS is_tagged_minor_to_minor,
    CASE WHEN list_contains(kinded.annotations, 'spam') THEN true WHEN kinded.is_name_only THEN false END
        AS is_tagged_spam,
    CASE WHEN list_contains(kinded.annotations, 'potentialAggravatingFactors') THEN true WHEN kinded.is_name_only THEN false END
        AS is_tagged_aggravated,
    CASE WHEN list_contains(kinded.annotations, 'instrumentalUse') THEN true WHEN kinded.is_name_only THEN false END
        AS is_tagged_instrumental,
    regexp_matches(upper(nullif(trim(kinded.batched_reason), '')), 'VIRAL|MEME') AS is_batched_as_viral,
    CASE
        WHEN list_contains(kinded.annotations, 'informational') THEN true
        ELSE kinded.is_informational
    END AS is_informational,
    CASE
        WHEN kinded.police_agency <> '' OR kinded.police_case_number <> '' THEN true
        ELSE kinded.was_reported_to_police
            OR kinded.was_served_domestic_process
            OR kinded.was_served_foreign_process
    END AS is_police_involved,
    CASE WHEN kinded.incident_at IS NOT NULL THEN kinded.incident_at_zone_stated END AS is_incident_zone_stated
FROM kinded
