-- name:   assess/select_kind_facts
-- grain:  one row per version to assess that is no report of a provider: what its kind can say
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN, $unit_country VARCHAR, $country_names VARCHAR[], $country_codes VARCHAR[]
-- reads:  referral.report_version, referral.web_address, referral.web_assessment, referral.web_action, referral.ip_event,
--         referral.party, referral.identifier, referral.current_version
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
country AS (SELECT unnest($country_names) AS country_name, unnest($country_codes) AS country_code),
said AS (
    SELECT
        version.version_id,
        version.source_format,
        referral.kind_of_format(version.source_format) AS kind
    FROM target
    INNER JOIN referral.report_version AS version ON target.version_id = version.version_id
    WHERE referral.kind_of_format(version.source_format) IS NOT NULL
),
-- Hosting is where the machine stands; the hotline network may have given the address to another country.
place AS (
    SELECT
        web_address.version_id,
        web_address.web_address_no,
        any_value(hosting.country_code) AS hosting_country,
        bool_or(hosting.country_code = $unit_country OR assigned.country_code = $unit_country) AS is_ours
    FROM said
    INNER JOIN referral.web_address ON said.version_id = web_address.version_id
    LEFT JOIN country AS hosting ON lower(trim(web_address.hosting_country)) = hosting.country_name
    LEFT JOIN country AS assigned ON lower(trim(web_address.assigned_country)) = assigned.country_name
    WHERE web_address.relation = 'content'
    GROUP BY web_address.version_id, web_address.web_address_no
),
-- A step taken about the whole report was taken about each of its addresses.
gone AS (
    SELECT
        place.version_id,
        place.web_address_no,
        bool_or(referral.iccam_word('action', web_action.action, said.source_format) IN ('removed', 'unavailable')) AS is_gone
    FROM place
    INNER JOIN said ON place.version_id = said.version_id
    LEFT JOIN referral.web_action
        ON place.version_id = web_action.version_id
        AND place.web_address_no = coalesce(web_action.web_address_no, place.web_address_no)
    GROUP BY place.version_id, place.web_address_no
),
hosted AS (
    SELECT
        place.version_id,
        count(*) AS web_address_count,
        count(*) FILTER (place.is_ours) AS ours_count,
        count(*) FILTER (place.hosting_country IS NULL) AS unplaced_count,
        count(*) FILTER (gone.is_gone) AS gone_count,
        string_agg(DISTINCT place.hosting_country, ', ' ORDER BY place.hosting_country) AS hosting_countries
    FROM place
    LEFT JOIN gone ON place.version_id = gone.version_id AND place.web_address_no = gone.web_address_no
    GROUP BY place.version_id
),
assessed AS (
    SELECT
        said.version_id,
        bool_or(coalesce(assessment.word IN ('baseline', 'national'), false)) AS is_any_illegal,
        bool_and(coalesce(assessment.word IN ('ignore', 'not_illegal'), false)) AS is_every_ignored,
        bool_or(coalesce(assessment.age IN ('infant', 'prepubescent'), false)) AS is_any_prepubescent,
        bool_or(coalesce(assessment.age = 'infant', false)) AS is_any_infant
    FROM said
    INNER JOIN (
        SELECT
            own.version_id,
            referral.iccam_word('classification', web_assessment.classification, own.source_format) AS word,
            referral.iccam_word('age', web_assessment.age_group, own.source_format) AS age
        FROM said AS own
        INNER JOIN referral.web_assessment ON own.version_id = web_assessment.version_id
    ) AS assessment ON said.version_id = assessment.version_id
    GROUP BY said.version_id
),
ported AS (
    SELECT
        ip_event.version_id,
        count(*) AS ported_count
    FROM said
    INNER JOIN referral.ip_event ON said.version_id = ip_event.version_id
    WHERE
        ip_event.ip_address IS NOT NULL
        AND NOT ip_event.is_private_use
        AND ip_event.occurred_at IS NOT NULL
        AND ip_event.source_port BETWEEN 1 AND 65535
    GROUP BY ip_event.version_id
),
payer AS (
    SELECT
        party.version_id,
        bool_or(party.last_name <> '' OR identifier.version_id IS NOT NULL) AS is_named
    FROM said
    INNER JOIN referral.party ON said.version_id = party.version_id
    LEFT JOIN (
        SELECT DISTINCT version_id, party_no
        FROM referral.identifier
        WHERE identifier.kind IN ('payment_account', 'email', 'phone') AND identifier.value IS NOT NULL
    ) AS identifier
        ON party.version_id = identifier.version_id
        AND party.party_no = identifier.party_no
    WHERE party.account_type = 'Payer' OR party.role = 'reported_user'
    GROUP BY party.version_id
),
-- Another report about payments says nothing about abuse; a report of another kind does.
tied AS (
    SELECT
        own.version_id,
        count(DISTINCT other.referral_id) AS tied_count
    FROM said
    INNER JOIN referral.identifier AS own ON said.version_id = own.version_id
    INNER JOIN referral.identifier AS elsewhere
        ON own.kind = elsewhere.kind
        AND own.value = elsewhere.value
        AND own.version_id <> elsewhere.version_id
    INNER JOIN referral.current_version AS other ON elsewhere.version_id = other.version_id
    WHERE
        said.kind = 'transaction_report'
        AND own.kind IN ('payment_account', 'email', 'phone')
        AND referral.kind_of_format(other.source_format) IS DISTINCT FROM 'transaction_report'
    GROUP BY own.version_id
)
SELECT
    said.version_id,
    CASE
        WHEN hosted.ours_count > 0 THEN true
        WHEN hosted.web_address_count > 0 AND hosted.unplaced_count = 0 THEN false
    END AS is_hosted_in_unit_country,
    hosted.hosting_countries,
    CASE WHEN hosted.gone_count = hosted.web_address_count THEN true END AS is_every_web_address_gone,
    CASE WHEN assessed.is_any_illegal THEN true WHEN assessed.is_every_ignored THEN false END AS is_assessed_as_illegal,
    CASE WHEN assessed.is_any_prepubescent THEN true END AS is_prepubescent_by_hotline,
    CASE WHEN assessed.is_any_infant THEN true END AS is_infant_by_hotline,
    CASE WHEN said.kind = 'connection_lead' THEN nullif(coalesce(ported.ported_count, 0), 0) END AS ported_address_count,
    CASE WHEN payer.is_named THEN true END AS is_payer_named,
    tied.tied_count AS tied_referral_count
FROM said
LEFT JOIN hosted ON said.version_id = hosted.version_id
LEFT JOIN assessed ON said.version_id = assessed.version_id
LEFT JOIN ported ON said.version_id = ported.version_id
LEFT JOIN payer ON said.version_id = payer.version_id
LEFT JOIN tied ON said.version_id = tied.version_id
