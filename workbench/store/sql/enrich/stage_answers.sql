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
        network_mention.range_no
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
        count(*) OVER (PARTITION BY mention.step_no) = 1 AS is_alone,
        voice.place,
        voice.geo_place,
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
-- Most addresses stand in one list: there is nothing to put in order then.
heard AS (
    SELECT
        said.step_no,
        [said.statement] AS statements,
        [said.statement] AS by_geo_place
    FROM said
    WHERE said.is_alone
    UNION ALL
    SELECT
        0,
        [],
        []
    UNION ALL
    SELECT
        said.step_no,
        list(said.statement ORDER BY said.place),
        list(said.statement ORDER BY said.geo_place)
    FROM said
    WHERE NOT said.is_alone
    GROUP BY said.step_no
),
chosen AS (
    SELECT
        heard.step_no,
        heard.statements,
        heard.statements[1] AS of_kind,
        list_filter(heard.by_geo_place, lambda one: one.country IS NOT NULL)[1] AS of_country,
        list_filter(heard.by_geo_place, lambda one: one.owner IS NOT NULL)[1] AS of_owner,
        len(list_filter(heard.statements, lambda one: one.is_shared)) > 0 AS is_shared
    FROM heard
)
SELECT
    chosen.step_no,
    CAST(md5(CAST(chosen.statements AS VARCHAR)) AS UUID) AS answer_id,
    coalesce(chosen.of_kind.kind, 'unknown') AS network_kind,
    chosen.is_shared,
    CASE WHEN chosen.of_kind.kind IS NOT NULL THEN chosen.of_kind.list_name END AS kind_source,
    CASE WHEN chosen.of_kind.kind IS NOT NULL THEN chosen.of_kind.list_as_of END AS kind_as_of,
    CASE WHEN chosen.of_kind.kind IS NOT NULL THEN chosen.of_kind.matched_range END AS kind_range,
    chosen.of_country.country,
    chosen.of_country.list_name AS country_source,
    chosen.of_country.list_as_of AS country_as_of,
    chosen.of_owner.owner AS network_owner,
    chosen.of_owner.list_name AS owner_source,
    chosen.of_owner.list_as_of AS owner_as_of,
    chosen.statements
FROM chosen
