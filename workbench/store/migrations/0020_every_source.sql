-- Every current source of a report counts. Up to here the current version alone was assessed (0008): what stood only
-- in another format was shown as a difference and raised nothing. From here on each current source is assessed by
-- itself, with the same rules. What raises the referral counts where any of them states it; what holds it back stands
-- unless one of them denies it, and silence denies nothing; the earliest last day of all counts. Nothing is averaged:
-- no source lowers another.

-- The current sources: the current version, and of every other format the copy that speaks for it, which is the one
-- that the rule of 0008 gives among the copies of that format alone. What a newer copy of the same format replaced
-- counts no more.
CREATE VIEW referral.current_source AS
WITH standing AS (
    SELECT
        report_version.referral_id,
        max(report_version.version) FILTER (report_version.passed_over IS NULL) AS version,
        arg_max(report_version.source_format, report_version.version)
            FILTER (report_version.passed_over IS NULL) AS source_format,
        count(*) AS copy_count
    FROM referral.report_version
    GROUP BY report_version.referral_id
),
-- Only where there is a choice: most reports have one copy.
weighed AS (
    SELECT
        report_version.referral_id,
        report_version.source_format,
        unnest(list(report_version.version ORDER BY report_version.version)) AS version,
        unnest(
            referral.weigh_copies(
                list(
                    referral.copy_to_weigh(
                        report_version.source_format, report_version.processed_at, report_version.made_available_at
                    )
                    ORDER BY report_version.version
                )
            )
        ) AS verdict
    FROM referral.report_version
    INNER JOIN standing ON report_version.referral_id = standing.referral_id
    WHERE standing.copy_count > 1 AND report_version.source_format <> standing.source_format
    GROUP BY report_version.referral_id, report_version.source_format
),
source AS (
    SELECT
        standing.referral_id,
        standing.version,
        true AS is_current
    FROM standing
    UNION ALL
    SELECT
        weighed.referral_id,
        max(weighed.version) FILTER (weighed.verdict IS NULL) AS version,
        false AS is_current
    FROM weighed
    GROUP BY weighed.referral_id, weighed.source_format
)
SELECT
    report_version.*,
    source.is_current
FROM source
INNER JOIN referral.report_version
    ON source.referral_id = report_version.referral_id
    AND source.version = report_version.version;
COMMENT ON VIEW referral.current_source IS 'The copies of each report that count: its current version (is_current) and, of every other format, the copy that speaks for it';

-- All current sources of a referral are assessed together, as soon as one of them needs it.
CREATE OR REPLACE MACRO referral.version_to_assess(for_rulebook_hash, everything) AS TABLE
    WITH changed AS (
        SELECT
            version_id,
            max(changed_at) AS changed_at
        FROM referral.evidence_change
        GROUP BY version_id
    ),
    assessed AS (
        SELECT assessment.version_id
        FROM referral.assessment
        LEFT JOIN changed ON assessment.version_id = changed.version_id
        WHERE assessment.rulebook_hash = for_rulebook_hash
        AND assessment.assessed_at > coalesce(changed.changed_at, TIMESTAMPTZ '0001-01-01 00:00:00+00')
    ),
    counting AS MATERIALIZED (
        SELECT
            source.version_id,
            source.referral_id,
            source.received_at,
            source.received_at_zone_stated,
            source.stated_file_count,
            source.source_format,
            source.is_current
        FROM referral.current_source AS source
    ),
    -- A source that does not say when the report was received goes by the current version: the report is the same,
    -- and what is checked against the day of receipt must not go unchecked.
    current_source AS MATERIALIZED (
        SELECT counting.*
        FROM counting
        WHERE counting.is_current
        UNION ALL
        SELECT
            other.* REPLACE (
                coalesce(other.received_at, own.received_at) AS received_at,
                CASE
                    WHEN other.received_at IS NULL THEN own.received_at_zone_stated
                    ELSE other.received_at_zone_stated
                END AS received_at_zone_stated
            )
        FROM counting AS other
        INNER JOIN counting AS own ON other.referral_id = own.referral_id
        WHERE NOT other.is_current AND own.is_current
    )
    SELECT source.*
    FROM current_source AS source
    WHERE everything OR source.referral_id IN (
        SELECT waiting.referral_id
        FROM current_source AS waiting
        WHERE waiting.version_id NOT IN (SELECT assessed.version_id FROM assessed)
    );

-- Less is more urgent, and more actionable.
CREATE MACRO referral.urgency_place(band) AS list_position(['immediate', 'high', 'elevated', 'routine'], band);
CREATE MACRO referral.actionability_place(band) AS
    list_position(['actionable', 'needs_information', 'not_actionable'], band);

-- What a sentence calls a source, in any language.
CREATE MACRO referral.format_name(source_format) AS
    CASE
        WHEN source_format = 'cybertipline_json' THEN 'JSON'
        WHEN source_format = 'cybertipline_xml' THEN 'XML'
        WHEN source_format = 'cybertipline_pdf' THEN 'PDF'
        WHEN source_format = 'tabular' THEN 'CSV/XLSX'
        WHEN starts_with(source_format, 'iccam') THEN 'ICCAM'
        ELSE source_format
    END;

-- A clock of another source says whose it is; it has no event here, so it brings its address.
-- The whole type, and not two times ADD COLUMN: that ends DuckDB 1.5.5 with memory freed twice where rows exist.
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
    is_counted BOOLEAN,
    ip_address VARCHAR,
    source_format VARCHAR
)[];
COMMENT ON COLUMN referral.assessment.clocks IS 'One per clock that runs on this version. starts_at and last_on are the careful end; last_on null means nobody knows; starts_at_latest and last_on_latest are the other end, null where a zone was stated; is_counted false: shown, never the last day; source_format: of which other current source the clock is, which then has no ip_event_no, null: of this version';
COMMENT ON COLUMN referral.assessment.urgency IS 'Of a current version: by what any current source states; of any other source: its own';
COMMENT ON COLUMN referral.assessment.actionability IS 'Of a current version: by what any current source states; of any other source: its own';

CREATE OR REPLACE MACRO desk.counted_clocks(clocks) AS
    list_transform(
        list_filter(clocks, lambda clock: clock.last_on IS NOT NULL AND clock.is_counted IS NOT FALSE),
        lambda clock: {
            'last_on': clock.last_on,
            'kind': clock.kind,
            'period_id': clock.period_id,
            'ip_event_no': clock.ip_event_no,
            'is_start_estimated': clock.is_start_estimated,
            'is_country_assumed': clock.is_country_assumed,
            'ip_address': clock.ip_address,
            'source_format': clock.source_format
        }
    );

-- As in 0011, with the clocks of other sources.
CREATE OR REPLACE VIEW analyst.clock AS
SELECT
    clock.referral_id,
    clock.kind,
    clock.period_id,
    clock.ip_event_no,
    coalesce(ip_event.ip_address, ip_event.ip_address_as_written, clock.ip_address) AS ip_address,
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
    period.source,
    clock.source_format
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
COMMENT ON VIEW analyst.clock IS 'One row per clock of a referral''s current sources: what is deleted, when, and on which legal basis';
COMMENT ON COLUMN analyst.clock.kind IS 'connection_data, provider_preservation, provider_policy, or hidden_network: no clock helps';
COMMENT ON COLUMN analyst.clock.ip_event_no IS 'As in analyst.ip_event; null: no address, or an address of another source';
COMMENT ON COLUMN analyst.clock.starts_at IS 'UTC; the earliest possible start, which counts';
COMMENT ON COLUMN analyst.clock.starts_at_latest IS 'UTC; the latest possible start, where nobody stated the zone; null: there is no doubt';
COMMENT ON COLUMN analyst.clock.last_on IS 'Last day to ask, by the careful end; a UTC day, which in Europe is never later than the local one; null: not known';
COMMENT ON COLUMN analyst.clock.last_on_latest IS 'Last day by the other end of the start; null: there is no doubt';
COMMENT ON COLUMN analyst.clock.ask_by_on IS 'The last working day on or before last_on, in the unit''s country; null: not known';
COMMENT ON COLUMN analyst.clock.is_counted IS 'False: shown, and never the last day of the referral';
COMMENT ON COLUMN analyst.clock.source_format IS 'Only in this other source of the report; null: in the current version';
COMMENT ON COLUMN analyst.referral.urgency IS 'Danger to a child, by what any of its current sources states: immediate, high, elevated, routine; null: not yet assessed';
COMMENT ON COLUMN analyst.referral.actionability IS 'By what any of its current sources states: actionable, needs_information, not_actionable; null: not yet assessed';
