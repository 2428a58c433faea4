-- name:   assess/hear_sources
-- grain:  one row per current version to assess whose report has other current sources: what those say
-- params: none
-- reads:  placed (every version to assess, with the outcomes, positions and clocks of its own; put in by the caller)
-- order:  none; a part of the one assessment statement
WITH heard AS (
    SELECT
        own.version_id,
        any_value(own.clocks) AS clocks,
        list(
            {'source_format': other.source_format, 'outcomes': other.outcomes}
            ORDER BY referral.format_rank(other.source_format), other.source_format
        ) AS sources,
        flatten(
            list(
                list_transform(
                    other.clocks,
                    lambda clock: struct_update(
                        clock, ip_event_no := CAST(NULL AS INTEGER), source_format := other.source_format
                    )
                )
                ORDER BY referral.format_rank(other.source_format), other.source_format
            )
        ) AS other_clocks
    FROM placed AS own
    INNER JOIN placed AS other ON own.referral_id = other.referral_id
    WHERE own.is_current AND NOT other.is_current
    GROUP BY own.version_id
)
SELECT
    heard.version_id,
    heard.sources,
    -- By number: the rules that any of them meets, and those that any of them denies. Unknown is neither.
    list_filter(
        range(1, len(heard.sources[1].outcomes) + 1),
        lambda rule_no: list_bool_or(list_transform(heard.sources, lambda source: source.outcomes[rule_no]))
    ) AS met,
    list_filter(
        range(1, len(heard.sources[1].outcomes) + 1),
        lambda rule_no: NOT list_bool_and(list_transform(heard.sources, lambda source: source.outcomes[rule_no]))
    ) AS denied,
    -- A clock that runs here to the same moment is not told twice.
    list_filter(
        heard.other_clocks,
        lambda clock: NOT list_contains(
            list_transform(
                heard.clocks,
                lambda own_clock: {
                    'kind': own_clock.kind, 'period_id': own_clock.period_id, 'ip_address': own_clock.ip_address,
                    'starts_at': own_clock.starts_at, 'last_on': own_clock.last_on
                }
            ),
            {
                'kind': clock.kind, 'period_id': clock.period_id, 'ip_address': clock.ip_address,
                'starts_at': clock.starts_at, 'last_on': clock.last_on
            }
        )
    ) AS clocks
FROM heard
