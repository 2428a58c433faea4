-- name:   desk/list_calendar
-- grain:  one row per referral whose last day is among the days named, so many a day
-- params: $today DATE, $shift_at TIMESTAMPTZ, $status VARCHAR, $urgency VARCHAR[], $actionability VARCHAR[],
--         $expires VARCHAR, $provider VARCHAR[], $kind VARCHAR[], $sought VARCHAR, $language VARCHAR,
--         $days DATE[], $rows_a_day INTEGER
-- reads:  desk.queue_match, referral.retention_period, referral.ip_event
-- order:  the day, then the queue's own order; ties by referral_id
WITH entry AS MATERIALIZED (
    SELECT
        matching.referral_id,
        matching.version_id,
        matching.report_number,
        matching.provider,
        matching.kind,
        matching.urgency,
        matching.urgency_rank,
        matching.actionability_rank,
        matching.received_place,
        matching.received_rank,
        matching.disposition,
        matching.rulebook_hash,
        matching.deadline_on,
        matching.clocks
    FROM desk.queue_match(
        $today, $shift_at, $status, $urgency, $actionability, $expires, $provider, $kind, $sought
    ) AS matching
    WHERE list_contains($days, matching.deadline_on)
    QUALIFY row_number() OVER (
        PARTITION BY matching.deadline_on
        ORDER BY
            matching.urgency_rank, matching.actionability_rank, matching.received_place,
            matching.received_rank, matching.referral_id
    ) <= $rows_a_day
),
ending AS (
    SELECT
        entry.* EXCLUDE (clocks),
        analyst.next_clock(entry.clocks, $today) AS next,
        analyst.clock_after(entry.clocks, $today) AS remaining
    FROM entry
)
SELECT
    ending.referral_id,
    ending.report_number,
    ending.provider,
    ending.kind,
    ending.urgency,
    ending.disposition,
    ending.deadline_on,
    ending.next.kind AS deadline_kind,
    coalesce(ip_event.ip_address, ip_event.ip_address_as_written, ending.next.ip_address) AS ip_address,
    coalesce(json_extract_string(period.wording, '$.legal_basis.' || $language), period.legal_basis) AS legal_basis,
    period.certainty,
    ending.next.is_start_estimated AS is_start_estimated,
    ending.next.is_country_assumed AS is_country_assumed,
    ending.remaining.kind AS remaining_kind,
    ending.remaining.last_on AS remaining_until_on
FROM ending
LEFT JOIN referral.retention_period AS period
    ON ending.rulebook_hash = period.rulebook_hash
    AND ending.next.period_id = period.period_id
LEFT JOIN referral.ip_event
    ON ending.version_id = ip_event.version_id
    AND ending.next.ip_event_no = ip_event.ip_event_no
ORDER BY
    CASE WHEN ending.deadline_on < $today THEN 1 ELSE 0 END,
    abs(ending.deadline_on - $today),
    ending.urgency_rank,
    ending.actionability_rank,
    ending.received_place,
    ending.received_rank,
    ending.referral_id
