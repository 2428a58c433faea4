-- name:   enrich/stage_answers
-- grain:  one row per stretch in which an address was found and of which a list speaks: what all lists together
--         say there; and step 0, which stands for all of which none speaks
-- params: none
-- reads:  network_found (temporary), referral.network_mention, referral.network_range, referral.current_network_feed
-- writes: network_step_answer (temporary)
-- order:  statements: the kind that counts first, then the newer list, then by name
CREATE OR REPLACE TEMP TABLE network_step_answer AS
WITH stretch AS (
    SELECT DISTINCT found.step_no
    FROM network_found AS found
),
mention AS (
    SELECT
        network_mention.step_no,
        network_mention.feed_id,
        network_mention.range_no,
        count(*) OVER (PARTITION BY network_mention.step_no) = 1 AS is_alone
    FROM referral.network_mention
    INNER JOIN stretch ON network_mention.step_no = stretch.step_no
),
-- Who is heard first depends on list and kind alone, so the order is worked out once.
word AS (
    SELECT unnest(['tor', 'vpn', 'hosting', 'carrier', 'access', 'reserved', 'none']) AS kind
),
voice AS (
    SELECT
        feed.feed_id,
        word.kind,
        feed.kind AS list_kind,
        feed.name AS list_name,
        feed.as_of AS list_as_of,
        feed.as_of_basis AS list_as_of_basis,
        row_number() OVER (
            ORDER BY
                list_position(['tor', 'vpn', 'hosting', 'carrier', 'access', 'reserved', 'none'], word.kind),
                feed.as_of DESC NULLS LAST,
                feed.name,
                feed.kind
        ) AS place,
        -- Country and owner: what a list of these says goes before what other lists say beside.
        row_number() OVER (
            ORDER BY
                CASE WHEN feed.kind = 'geo' THEN 0 ELSE 1 END,
                list_position(['tor', 'vpn', 'hosting', 'carrier', 'access', 'reserved', 'none'], word.kind),
                feed.as_of DESC NULLS LAST,
                feed.name,
                feed.kind
        ) AS geo_place
    FROM referral.current_network_feed AS feed
    CROSS JOIN word
),
said AS (
    SELECT
        mention.step_no,
        mention.is_alone,
        voice.place,
        voice.geo_place,
        network_range.kind,
        network_range.owner,
        network_range.country,
        network_range.is_shared,
        voice.list_name,
        voice.list_as_of,
        {
            'kind': network_range.kind,
            'list_kind': voice.list_kind,
            'list_name': voice.list_name,
            'list_as_of': voice.list_as_of,
            'list_as_of_basis': voice.list_as_of_basis,
            'matched_range': network_range.as_written,
            'owner': network_range.owner,
            'country': network_range.country,
            'is_shared': network_range.is_shared
        } AS statement
    FROM mention
    INNER JOIN referral.network_range
        ON mention.feed_id = network_range.feed_id
        AND mention.range_no = network_range.range_no
    INNER JOIN voice
        ON network_range.feed_id = voice.feed_id
        AND coalesce(network_range.kind, 'none') = voice.kind
),
-- Most addresses stand in one list; where lists speak beside each other, they are put in order.
chosen AS (
    SELECT
        said.step_no,
        [said.statement] AS statements,
        said.country,
        CASE WHEN said.country IS NOT NULL THEN said.list_name END AS country_source,
        CASE WHEN said.country IS NOT NULL THEN said.list_as_of END AS country_as_of,
        said.owner AS network_owner,
        CASE WHEN said.owner IS NOT NULL THEN said.list_name END AS owner_source,
        CASE WHEN said.owner IS NOT NULL THEN said.list_as_of END AS owner_as_of,
        said.is_shared
    FROM said
    WHERE said.is_alone
    UNION ALL
    SELECT
        said.step_no,
        -- Sorted as one value: list(... ORDER BY ...) takes four times as long.
        list_transform(
            list_sort(list({'place': said.place, 'statement': said.statement})), lambda placed: placed.statement
        ),
        arg_min(said.country, said.geo_place) FILTER (said.country IS NOT NULL),
        arg_min(said.list_name, said.geo_place) FILTER (said.country IS NOT NULL),
        arg_min_null(said.list_as_of, said.geo_place) FILTER (said.country IS NOT NULL),
        arg_min(said.owner, said.geo_place) FILTER (said.owner IS NOT NULL),
        arg_min(said.list_name, said.geo_place) FILTER (said.owner IS NOT NULL),
        arg_min_null(said.list_as_of, said.geo_place) FILTER (said.owner IS NOT NULL),
        bool_or(said.is_shared)
    FROM said
    WHERE NOT said.is_alone
    GROUP BY said.step_no
    UNION ALL
    SELECT 0, [], NULL, NULL, NULL, NULL, NULL, NULL, false
)
SELECT
    chosen.step_no,
    CAST(md5(CAST(chosen.statements AS VARCHAR)) AS UUID) AS answer_id,
    coalesce(chosen.statements[1].kind, 'unknown') AS network_kind,
    chosen.is_shared,
    CASE WHEN chosen.statements[1].kind IS NOT NULL THEN chosen.statements[1].list_name END AS kind_source,
    CASE WHEN chosen.statements[1].kind IS NOT NULL THEN chosen.statements[1].list_as_of END AS kind_as_of,
    CASE WHEN chosen.statements[1].kind IS NOT NULL THEN chosen.statements[1].matched_range END AS kind_range,
    chosen.country,
    chosen.country_source,
    chosen.country_as_of,
    chosen.network_owner,
    chosen.owner_source,
    chosen.owner_as_of,
    chosen.statements
FROM chosen
