-- Clocks: periods per provider and network, both ends of a start nobody dated exactly, working days.
ALTER TABLE referral.retention_period ADD COLUMN providers VARCHAR[];
ALTER TABLE referral.retention_period ADD COLUMN networks VARCHAR[];
ALTER TABLE referral.retention_period ADD COLUMN starts VARCHAR;
ALTER TABLE referral.retention_period ADD COLUMN is_counted BOOLEAN;
COMMENT ON COLUMN referral.retention_period.kind IS 'connection_data (per IP event, by country), provider_preservation (per report), provider_policy (by provider) or hidden_network (by network kind: no clock helps)';
COMMENT ON COLUMN referral.retention_period.starts IS 'Of a provider''s policy: report, incident or deactivation';
COMMENT ON COLUMN referral.retention_period.is_counted IS 'False: the date is shown and is never the last day of a referral; null: counted (a rulebook from before)';
COMMENT ON COLUMN referral.retention_period.wording IS 'language -> title; legal_basis and choice by language; sources: what each says';

-- The whole type, and not four times ADD COLUMN: that ends DuckDB 1.5.5 with memory freed twice where rows exist.
ALTER TABLE referral.assessment ALTER COLUMN clocks SET DATA TYPE STRUCT(
    kind VARCHAR,
    period_id VARCHAR,
    ip_event_no INTEGER,
    starts_at TIMESTAMPTZ,
    last_on DATE,
    is_start_estimated BOOLEAN,
    is_country_assumed BOOLEAN,
    ends_at TIMESTAMPTZ,
    starts_at_latest TIMESTAMPTZ,
    last_on_latest DATE,
    is_counted BOOLEAN
)[];
COMMENT ON COLUMN referral.assessment.clocks IS 'One per clock that runs on this version. starts_at and last_on are the careful end; last_on null means nobody knows; starts_at_latest and last_on_latest are the other end, null where a zone was stated; is_counted false: shown, never the last day';

-- Days here are UTC days. Said so, the arithmetic needs no time zone, and costs a fourteenth of what it costs with.
CREATE MACRO referral.utc_day(moment) AS CAST(make_timestamp(epoch_us(moment)) AS DATE);

-- Adding months ends on the last day of a shorter month: 29 February and 12 months is 28 February.
CREATE MACRO referral.end_of_period(starts_at, length_months, length_days) AS
    make_timestamptz(
        epoch_us(
            CASE
                WHEN length_months IS NOT NULL THEN make_timestamp(epoch_us(starts_at)) + to_months(length_months)
                WHEN length_days IS NOT NULL THEN make_timestamp(epoch_us(starts_at)) + to_days(length_days)
            END
        )
    );

-- One day of the calendar a unit works by. A table, so that "ask by" is a join and stays set-based.
CREATE TABLE desk.working_calendar (
    calendar_id UUID NOT NULL,
    country VARCHAR NOT NULL,
    time_zone VARCHAR NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    said_by VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE desk.working_calendar IS 'Weekends and public holidays of the unit''s country, as a library knew them; the newest row counts';
COMMENT ON COLUMN desk.working_calendar.said_by IS 'The library and its version, or that it does not know the country';
CREATE TABLE desk.calendar_day (
    calendar_id UUID NOT NULL,
    day_on DATE NOT NULL,
    is_working BOOLEAN NOT NULL,
    holiday_en VARCHAR,
    holiday_nb VARCHAR,
    ask_by_on DATE
);
COMMENT ON TABLE desk.calendar_day IS 'Every day of a working calendar';
COMMENT ON COLUMN desk.calendar_day.ask_by_on IS 'The last working day on or before this day; null: none in the calendar';

CREATE VIEW desk.current_calendar AS
SELECT
    arg_max(calendar_id, recorded_at) AS calendar_id,
    arg_max(country, recorded_at) AS country,
    arg_max(time_zone, recorded_at) AS time_zone,
    arg_max(first_year, recorded_at) AS first_year,
    arg_max(last_year, recorded_at) AS last_year,
    arg_max(said_by, recorded_at) AS said_by
FROM desk.working_calendar;
COMMENT ON VIEW desk.current_calendar IS 'The calendar that counts; one row, empty while none was recorded';

CREATE VIEW desk.current_calendar_day AS
SELECT
    calendar_day.day_on,
    calendar_day.is_working,
    calendar_day.holiday_en,
    calendar_day.holiday_nb,
    calendar_day.ask_by_on
FROM desk.calendar_day
WHERE calendar_day.calendar_id = (SELECT current_calendar.calendar_id FROM desk.current_calendar);
COMMENT ON VIEW desk.current_calendar_day IS 'Every day of the calendar that counts';

-- The day it is where the unit works; time left is counted from it everywhere.
CREATE MACRO analyst.unit_today() AS (
    SELECT CAST(timezone(coalesce(current_calendar.time_zone, 'UTC'), now()) AS DATE)
    FROM desk.current_calendar
);

-- What can be the last day of a referral, in a form that sorts: the soonest first.
CREATE MACRO desk.counted_clocks(clocks) AS
    list_transform(
        list_filter(clocks, lambda clock: clock.last_on IS NOT NULL AND clock.is_counted IS NOT FALSE),
        lambda clock: {
            'last_on': clock.last_on,
            'kind': clock.kind,
            'period_id': clock.period_id,
            'ip_event_no': clock.ip_event_no,
            'is_start_estimated': clock.is_start_estimated,
            'is_country_assumed': clock.is_country_assumed
        }
    );

-- A clock that has run out stays; the deadline is the next one still ahead, else the last that passed.
CREATE OR REPLACE MACRO analyst.next_clock(clocks, today) AS
    coalesce(
        list_sort(list_filter(desk.counted_clocks(clocks), lambda clock: clock.last_on >= today))[1],
        list_reverse_sort(list_filter(desk.counted_clocks(clocks), lambda clock: clock.last_on < today))[1]
    );

-- What is lost after the deadline: the next day on which a counted clock runs out.
CREATE MACRO analyst.clock_after(clocks, today) AS
    list_sort(
        list_filter(
            desk.counted_clocks(clocks),
            lambda clock: clock.last_on >= today AND clock.last_on > analyst.next_clock(clocks, today).last_on
        )
    )[1];

-- The day of analyst.next_clock alone: the list needs it for every referral, the rest for one page.
-- One list of days and not a list of clocks to filter: that took twice as long on 100,000 referrals.
CREATE OR REPLACE MACRO desk.deadline_on(clocks, today) AS
    coalesce(
        list_min(
            list_filter(
                list_transform(clocks, lambda clock: CASE WHEN clock.is_counted IS NOT FALSE THEN clock.last_on END),
                lambda last_on: last_on >= today
            )
        ),
        list_max(
            list_transform(clocks, lambda clock: CASE WHEN clock.is_counted IS NOT FALSE THEN clock.last_on END)
        )
    );

-- The moment on that day: what ends before the next shift begins is this shift's to ask for. An assessment from
-- before moments were kept knows the day only, and its beginning is the careful moment.
CREATE MACRO desk.deadline_at(clocks, today) AS
    list_min(
        list_transform(
            list_filter(clocks, lambda clock: clock.last_on >= today AND clock.is_counted IS NOT FALSE),
            lambda clock: coalesce(clock.ends_at, CAST(clock.last_on AS TIMESTAMPTZ))
        )
    );

-- What each choice of "expires" leaves, for the queue, its counts and the calendar alike.
CREATE MACRO desk.is_expiring(expires, time_place, time_rank, clocks, today, shift_at) AS
    CASE expires
        WHEN 'expired' THEN time_place = 2
        WHEN 'shift' THEN time_place = 0 AND coalesce(desk.deadline_at(clocks, today) < shift_at, false)
        WHEN 'today' THEN time_place = 0 AND time_rank = 0
        WHEN 'week' THEN time_place = 0 AND time_rank <= 7
        WHEN 'month' THEN time_place = 0 AND time_rank <= 30
        WHEN 'later' THEN time_place = 0 AND time_rank > 30
        WHEN 'unknown' THEN time_place = 1
        ELSE true
    END;

-- As in 0005, with the clocks themselves.
CREATE OR REPLACE MACRO desk.queue_entry(today) AS TABLE
SELECT
    entry.*,
    CASE entry.urgency
        WHEN 'immediate' THEN 0 WHEN 'high' THEN 2 WHEN 'elevated' THEN 3 WHEN 'routine' THEN 4 ELSE 1
    END AS urgency_rank,
    CASE WHEN entry.deadline_on IS NULL THEN 1 WHEN entry.deadline_on < today THEN 2 ELSE 0 END AS time_place,
    coalesce(abs(entry.deadline_on - today), 0) AS time_rank,
    CASE entry.actionability
        WHEN 'actionable' THEN 0 WHEN 'needs_information' THEN 1 WHEN 'not_actionable' THEN 3 ELSE 2
    END AS actionability_rank,
    CASE WHEN entry.received_at IS NULL THEN 1 ELSE 0 END AS received_place,
    coalesce(epoch_us(entry.received_at), 0) AS received_rank
FROM (
    SELECT
        version.referral_id,
        version.version_id,
        version.report_number,
        version.version,
        coalesce(provider_name.provider, version.provider_as_written) AS provider,
        assessment.referral_kind AS kind,
        version.received_at,
        assessment.assessment_id,
        assessment.rulebook_hash,
        assessment.urgency,
        assessment.actionability,
        desk.deadline_on(assessment.clocks, today) AS deadline_on,
        assessment.clocks,
        decision.disposition,
        decision.reason_code
    FROM referral.current_version AS version
    LEFT JOIN referral.current_provider_name AS provider_name
        ON version.provider_as_written = provider_name.name_as_written
    LEFT JOIN referral.current_assessment AS assessment
        ON version.version_id = assessment.version_id
    LEFT JOIN desk.current_decision AS decision
        ON version.referral_id = decision.referral_id
) AS entry;

-- As in 0005, with the start of the next shift as a further choice.
CREATE OR REPLACE MACRO desk.queue_match(today, shift_at, status, urgency_chosen, actionability_chosen, expires, provider_chosen, kind_chosen, sought) AS TABLE
SELECT entry.*
FROM desk.queue_entry(today) AS entry
WHERE
    CASE status
        WHEN 'open' THEN entry.disposition IS NULL
        WHEN 'waiting' THEN coalesce(entry.disposition = 'awaiting_information', false)
        WHEN 'decided' THEN coalesce(entry.disposition <> 'awaiting_information', false)
        ELSE true
    END
    AND (len(urgency_chosen) = 0 OR list_contains(urgency_chosen, coalesce(entry.urgency, 'unknown')))
    AND (len(actionability_chosen) = 0 OR list_contains(actionability_chosen, coalesce(entry.actionability, 'unknown')))
    AND (len(provider_chosen) = 0 OR list_contains(provider_chosen, coalesce(entry.provider, '')))
    AND (len(kind_chosen) = 0 OR list_contains(kind_chosen, coalesce(entry.kind, 'unknown')))
    AND desk.is_expiring(expires, entry.time_place, entry.time_rank, entry.clocks, today, shift_at)
    AND (
        sought = ''
        OR coalesce(contains(lower(entry.report_number), lower(sought)), false)
        OR coalesce(contains(lower(entry.provider), lower(sought)), false)
        OR entry.version_id IN (
            SELECT identifier.version_id
            FROM referral.identifier
            WHERE
                sought <> ''
                AND (
                    contains(lower(identifier.value_as_written), lower(sought))
                    OR contains(lower(identifier.value), lower(sought))
                )
        )
    );

-- As in 0004; the day is the unit's, as on the screens.
CREATE OR REPLACE VIEW analyst.referral_version AS
SELECT
    report_version.referral_id,
    report_version.source_system,
    report_version.report_number,
    report_version.version,
    coalesce(provider_name.provider, report_version.provider_as_written) AS provider,
    report_version.provider_as_written,
    report_version.platform,
    report_version.incident_type,
    report_version.ncmec_classification,
    report_version.incident_at,
    report_version.incident_at_zone_stated,
    report_version.received_at,
    report_version.received_at_zone_stated,
    report_version.escalation_text,
    report_version.priority_id,
    report_version.is_informational,
    report_version.batched_reason,
    report_version.annotations,
    narrative.narrative,
    report_version.country,
    assessment.urgency,
    assessment.actionability,
    analyst.next_clock(assessment.clocks, today.day_on).last_on AS deadline_on,
    analyst.next_clock(assessment.clocks, today.day_on).kind AS deadline_kind,
    decision.disposition,
    decision.reason_code,
    report_version.source_format,
    source_file.file_name AS source_file,
    report_version.loaded_at
FROM referral.report_version
CROSS JOIN (SELECT analyst.unit_today() AS day_on) AS today
LEFT JOIN referral.current_provider_name AS provider_name
    ON report_version.provider_as_written = provider_name.name_as_written
LEFT JOIN referral.narrative
    ON report_version.version_id = narrative.version_id
LEFT JOIN referral.current_assessment AS assessment
    ON report_version.version_id = assessment.version_id
LEFT JOIN desk.current_decision AS decision
    ON report_version.referral_id = decision.referral_id
LEFT JOIN referral.source_file
    ON report_version.source_file_id = source_file.source_file_id;
COMMENT ON VIEW analyst.referral_version IS 'One row per version of a referral; columns as analyst.referral';

CREATE VIEW analyst.clock AS
SELECT
    clock.referral_id,
    clock.kind,
    clock.period_id,
    clock.ip_event_no,
    coalesce(ip_event.ip_address, ip_event.ip_address_as_written) AS ip_address,
    clock.starts_at,
    clock.starts_at_latest,
    clock.last_on,
    clock.last_on_latest,
    day.ask_by_on,
    clock.last_on < analyst.unit_today() AS is_expired,
    coalesce(clock.is_counted, true) AS is_counted,
    clock.is_start_estimated,
    clock.is_country_assumed,
    period.legal_basis,
    period.certainty,
    period.source
FROM (
    SELECT
        assessment.referral_id,
        assessment.version_id,
        assessment.rulebook_hash,
        unnest(assessment.clocks, recursive := true)
    FROM referral.current_assessment AS assessment
    INNER JOIN referral.current_version AS version ON assessment.version_id = version.version_id
) AS clock
LEFT JOIN referral.retention_period AS period
    ON clock.rulebook_hash = period.rulebook_hash
    AND clock.period_id = period.period_id
LEFT JOIN referral.ip_event
    ON clock.version_id = ip_event.version_id
    AND clock.ip_event_no = ip_event.ip_event_no
LEFT JOIN desk.current_calendar_day AS day ON clock.last_on = day.day_on;
COMMENT ON VIEW analyst.clock IS 'One row per clock of a referral''s current version: what is deleted, when, and on which legal basis';
COMMENT ON COLUMN analyst.clock.kind IS 'connection_data, provider_preservation, provider_policy, or hidden_network: no clock helps';
COMMENT ON COLUMN analyst.clock.starts_at IS 'UTC; the earliest possible start, which counts';
COMMENT ON COLUMN analyst.clock.starts_at_latest IS 'UTC; the latest possible start, where nobody stated the zone; null: there is no doubt';
COMMENT ON COLUMN analyst.clock.last_on IS 'Last day to ask, by the careful end; a UTC day, which in Europe is never later than the local one; null: not known';
COMMENT ON COLUMN analyst.clock.last_on_latest IS 'Last day by the other end of the start; null: there is no doubt';
COMMENT ON COLUMN analyst.clock.ask_by_on IS 'The last working day on or before last_on, in the unit''s country; null: not known';
COMMENT ON COLUMN analyst.clock.is_counted IS 'False: shown, and never the last day of the referral';

CREATE VIEW analyst.deadline AS
SELECT
    version.referral_id,
    assessment.next.last_on AS deadline_on,
    assessment.next.kind AS deadline_kind,
    assessment.next.ip_event_no,
    day.ask_by_on,
    assessment.next.last_on < analyst.unit_today() AS is_expired,
    period.legal_basis,
    period.certainty,
    assessment.remaining.last_on AS remains_until_on,
    assessment.remaining.kind AS remains_kind
FROM (
    SELECT
        assessment.version_id,
        assessment.rulebook_hash,
        analyst.next_clock(assessment.clocks, today.day_on) AS next,
        analyst.clock_after(assessment.clocks, today.day_on) AS remaining
    FROM referral.current_assessment AS assessment
    CROSS JOIN (SELECT analyst.unit_today() AS day_on) AS today
) AS assessment
INNER JOIN referral.current_version AS version ON assessment.version_id = version.version_id
LEFT JOIN referral.retention_period AS period
    ON assessment.rulebook_hash = period.rulebook_hash
    AND assessment.next.period_id = period.period_id
LEFT JOIN desk.current_calendar_day AS day ON assessment.next.last_on = day.day_on;
COMMENT ON VIEW analyst.deadline IS 'What each referral loses next, when, on which basis, and what remains after it';
COMMENT ON COLUMN analyst.deadline.deadline_on IS 'As analyst.referral.deadline_on; null: not known';
COMMENT ON COLUMN analyst.deadline.ask_by_on IS 'The last working day on or before it; null: not known';
COMMENT ON COLUMN analyst.deadline.remains_until_on IS 'Until when something else remains; null: nothing that anybody knows of';
