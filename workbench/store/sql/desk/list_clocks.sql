-- name:   desk/list_clocks
-- grain:  one row per clock of the newest assessment of one version, those of the report's other sources included
-- params: $version_id VARCHAR, $language VARCHAR
-- reads:  referral.assessment, referral.retention_period, referral.ip_event, desk.current_calendar_day
-- order:  earliest last day first, unknown last; ties by kind, IP event and period
WITH clock AS (
    SELECT
        assessment.version_id,
        assessment.rulebook_hash,
        unnest(assessment.clocks, recursive := true)
    FROM referral.assessment
    WHERE assessment.assessment_id = (
        SELECT max(own.assessment_id) FROM referral.assessment AS own WHERE own.version_id = $version_id
    )
),

-- Each source with what it says, in one line.
said AS (
    SELECT
        source.rulebook_hash,
        source.period_id,
        string_agg(
            source.title || CASE WHEN coalesce(source.says, '') = '' THEN '' ELSE ': ' || source.says END, '; '
            ORDER BY source.place
        ) AS source
    FROM (
        SELECT
            period.rulebook_hash,
            period.period_id,
            generate_subscripts(CAST(json_extract(period.wording, '$.sources') AS JSON[]), 1) AS place,
            json_extract_string(unnest(CAST(json_extract(period.wording, '$.sources') AS JSON[])), '$.title') AS title,
            json_extract_string(unnest(CAST(json_extract(period.wording, '$.sources') AS JSON[])), '$.' || $language) AS says
        FROM referral.retention_period AS period
        WHERE period.rulebook_hash IN (SELECT clock.rulebook_hash FROM clock)
    ) AS source
    GROUP BY source.rulebook_hash, source.period_id
)

SELECT
    clock.kind,
    coalesce(json_extract_string(period.wording, '$.' || $language), clock.period_id, '') AS title,
    clock.ip_event_no,
    coalesce(ip_event.ip_address, ip_event.ip_address_as_written, clock.ip_address) AS ip_address,
    clock.source_format,
    clock.starts_at,
    clock.starts_at_latest,
    clock.last_on,
    clock.last_on_latest,
    day.ask_by_on,
    coalesce(clock.is_counted, true) AS is_counted,
    coalesce(clock.is_start_estimated, false) AS is_start_estimated,
    coalesce(clock.is_country_assumed, false) AS is_country_assumed,
    period.country,
    coalesce(json_extract_string(period.wording, '$.legal_basis.' || $language), period.legal_basis) AS legal_basis,
    period.certainty,
    coalesce(said.source, period.source) AS source,
    json_extract_string(period.wording, '$.choice.' || $language) AS choice
FROM clock
LEFT JOIN referral.retention_period AS period
    ON clock.rulebook_hash = period.rulebook_hash
    AND clock.period_id = period.period_id
LEFT JOIN said
    ON clock.rulebook_hash = said.rulebook_hash
    AND clock.period_id = said.period_id
LEFT JOIN referral.ip_event
    ON clock.version_id = ip_event.version_id
    AND clock.ip_event_no = ip_event.ip_event_no
LEFT JOIN desk.current_calendar_day AS day ON clock.last_on = day.day_on
ORDER BY clock.last_on NULLS LAST, clock.kind, clock.source_format NULLS FIRST, clock.ip_event_no NULLS FIRST, clock.period_id, clock.ip_address
