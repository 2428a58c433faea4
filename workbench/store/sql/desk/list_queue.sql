-- name:   desk/list_queue
-- grain:  one row per referral that the filter leaves, one page of them
-- params: $today DATE, $shift_at TIMESTAMPTZ, $status VARCHAR, $urgency VARCHAR[], $actionability VARCHAR[], $expires VARCHAR,
--         $provider VARCHAR[], $kind VARCHAR[], $sought VARCHAR,
--         $sort_column VARCHAR, $direction INTEGER, $row_limit INTEGER, $row_offset INTEGER,
--         $language VARCHAR
-- reads:  desk.queue_match, desk.first_place, desk.first_rank, referral.assessment,
--         referral.retention_period, referral.ip_event, desk.current_calendar_day
-- order:  the chosen column, then urgency, time left, actionability, received; ties by referral_id
WITH page AS MATERIALIZED (
    SELECT
        entry.* EXCLUDE (clocks),
        desk.first_place($sort_column, entry.time_place, entry.received_place) AS first_place,
        $direction * desk.first_rank(
            $sort_column, entry.urgency_rank, entry.time_rank, entry.actionability_rank, entry.received_rank
        ) AS first_rank
    FROM desk.queue_match(
    $today, $shift_at, $status, $urgency, $actionability, $expires, $provider, $kind, $sought
) AS entry
    ORDER BY
        first_place, first_rank, entry.urgency_rank, entry.time_place, entry.time_rank,
        entry.actionability_rank, entry.received_place, entry.received_rank, entry.referral_id
    LIMIT $row_limit OFFSET $row_offset
)
SELECT
    page.referral_id,
    page.report_number,
    page.version,
    page.provider,
    page.kind,
    page.received_at,
    page.assessment_id,
    page.urgency,
    page.actionability,
    page.deadline_on,
    clock.next.kind AS deadline_kind,
    day.ask_by_on,
    coalesce(ip_event.ip_address, ip_event.ip_address_as_written, clock.next.ip_address) AS ip_address,
    coalesce(json_extract_string(period.wording, '$.legal_basis.' || $language), period.legal_basis) AS legal_basis,
    period.certainty,
    clock.next.is_start_estimated AS is_start_estimated,
    clock.next.is_country_assumed AS is_country_assumed,
    page.disposition,
    page.reason_code
FROM page
LEFT JOIN (
    SELECT
        assessment.assessment_id,
        analyst.next_clock(assessment.clocks, $today) AS next
    FROM referral.assessment
    WHERE assessment.assessment_id IN (SELECT page.assessment_id FROM page)
) AS clock ON page.assessment_id = clock.assessment_id
LEFT JOIN referral.retention_period AS period
    ON page.rulebook_hash = period.rulebook_hash
    AND clock.next.period_id = period.period_id
LEFT JOIN referral.ip_event
    ON page.version_id = ip_event.version_id
    AND clock.next.ip_event_no = ip_event.ip_event_no
LEFT JOIN desk.current_calendar_day AS day ON page.deadline_on = day.day_on
ORDER BY
    page.first_place, page.first_rank, page.urgency_rank, page.time_place, page.time_rank,
    page.actionability_rank, page.received_place, page.received_rank, page.referral_id
