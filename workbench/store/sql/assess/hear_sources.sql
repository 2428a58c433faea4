-- name:   assess/hear_sources
-- grain:  one row per current version to assess whose report has other current sources: what those say
-- params: none
-- reads:  placed (every version to assess, with the outcomes, positions and clocks of its own; put in by the caller)
-- order:  none; a part of the one assessment statement
WITH heard AS (
    SELECT
        own.version_id,
        list(
            {'source_format': other.source_format, 'outcomes': other.outcomes, 'standing': other.standing}
            ORDER BY referral.format_rank(other.source_format), other.source_format
        ) AS sources
    FROM placed AS own
    INNER JOIN placed AS other ON own.referral_id = other.referral_id
    WHERE own.is_current AND NOT other.is_current
    GROUP BY own.version_id
),
clock_of_any AS (
    SELECT
        own.version_id,
        source.is_current,
        source.source_format,
        referral.format_rank(source.source_format) AS format_place,
        unnest(source.clocks) AS clock
    FROM heard
    INNER JOIN placed AS own ON heard.version_id = own.version_id
    INNER JOIN placed AS source ON own.referral_id = source.referral_id
),
-- A clock that runs here to the same moment is not told twice, and one of several other sources is told once.
numbered AS (
    SELECT
        clock_of_any.*,
        row_number() OVER (
            PARTITION BY
                clock_of_any.version_id, clock_of_any.clock.kind, clock_of_any.clock.period_id,
                clock_of_any.clock.ip_address, clock_of_any.clock.starts_at, clock_of_any.clock.last_on
            ORDER BY
                NOT clock_of_any.is_current, clock_of_any.format_place, clock_of_any.source_format,
                clock_of_any.clock.ip_event_no
        ) AS telling_no
    FROM clock_of_any
),
further AS (
    SELECT
        numbered.version_id,
        list(
            struct_update(
                numbered.clock, ip_event_no := CAST(NULL AS INTEGER), source_format := numbered.source_format
            )
            ORDER BY
                numbered.format_place, numbered.source_format, numbered.clock.starts_at, numbered.clock.kind,
                numbered.clock.period_id, numbered.clock.ip_address
        ) AS clocks
    FROM numbered
    WHERE numbered.telling_no = 1 AND NOT numbered.is_current
    GROUP BY numbered.version_id
)
SELECT
    heard.version_id,
    heard.sources,
    -- By number: the rules that any of them meets, and those that one of them does not let stand.
    list_filter(
        range(1, len(heard.sources[1].outcomes) + 1),
        lambda rule_no: list_bool_or(list_transform(heard.sources, lambda source: source.outcomes[rule_no]))
    ) AS met,
    list_filter(
        range(1, len(heard.sources[1].outcomes) + 1),
        lambda rule_no: NOT list_bool_and(list_transform(heard.sources, lambda source: source.standing[rule_no] IS TRUE))
    ) AS denied,
    coalesce(further.clocks, []) AS clocks
FROM heard
LEFT JOIN further ON heard.version_id = further.version_id
