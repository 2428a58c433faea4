-- Who is behind an address: lists as they were loaded, and what they say of each address that was looked up.
CREATE TABLE referral.network_feed (
    feed_id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    label VARCHAR,
    as_of DATE,
    as_of_basis VARCHAR NOT NULL,
    licence VARCHAR,
    file_name VARCHAR NOT NULL,
    source_format VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    loaded_by VARCHAR,
    read_count BIGINT NOT NULL,
    range_count BIGINT NOT NULL,
    duplicate_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    is_withdrawn BOOLEAN NOT NULL
);
COMMENT ON TABLE referral.network_feed IS 'One load of one list of address ranges; read = ranges + duplicates + rejected. The newest load of a kind and name is the list, earlier ones are history';
COMMENT ON COLUMN referral.network_feed.feed_id IS 'UUID version 7: a later load has a greater id';
COMMENT ON COLUMN referral.network_feed.kind IS 'vpn, hosting, tor, carrier, access (ordinary subscriber networks), geo (country and owner); several (each range says its own kind) or reserved for the lists that are shipped';
COMMENT ON COLUMN referral.network_feed.as_of_basis IS 'stated (by who loaded it), in_file, file_date (only the file''s own date is known) or not_known';
COMMENT ON COLUMN referral.network_feed.is_withdrawn IS 'True: the list was taken back; it says nothing from then on';

CREATE TABLE referral.network_rejection (
    feed_id UUID NOT NULL,
    place VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    remedy VARCHAR NOT NULL
);
COMMENT ON TABLE referral.network_rejection IS 'A line of a list that is not a range: place, reason, remedy. The first 1,000 of a load; network_feed counts all';

CREATE TABLE referral.network_range (
    feed_id UUID NOT NULL,
    range_no INTEGER NOT NULL,
    range_start UHUGEINT NOT NULL,
    range_end UHUGEINT NOT NULL,
    as_written VARCHAR NOT NULL,
    kind VARCHAR,
    owner VARCHAR,
    country VARCHAR,
    is_shared BOOLEAN NOT NULL
);
COMMENT ON TABLE referral.network_range IS 'One range of one list, ends included. Addresses are 128-bit numbers, IPv4 mapped into ::ffff:0:0/96, so that both sort in one column';
COMMENT ON COLUMN referral.network_range.kind IS 'What the range says of itself, else the kind of its list; null in lists of country and owner';
COMMENT ON COLUMN referral.network_range.country IS 'ISO 3166-1 alpha-2 in capitals, or as written where it is not a code; null: not said';
COMMENT ON COLUMN referral.network_range.is_shared IS 'True: many subscribers share one address at a time, so that a port is needed';

CREATE TABLE referral.network_segment (
    feed_id UUID NOT NULL,
    segment_start UHUGEINT NOT NULL,
    segment_end UHUGEINT NOT NULL,
    range_no INTEGER NOT NULL
);
COMMENT ON TABLE referral.network_segment IS 'The ranges of one list cut so that none overlap: in each piece the most specific range speaks';

CREATE TABLE referral.network_step (
    step_no INTEGER NOT NULL,
    step_start UHUGEINT NOT NULL
);
COMMENT ON TABLE referral.network_step IS 'Derived from the segments of all current lists and written anew whenever one changes: from step_start to the next step the same ranges speak';

CREATE TABLE referral.network_mention (
    step_no INTEGER NOT NULL,
    feed_id UUID NOT NULL,
    range_no INTEGER NOT NULL
);
COMMENT ON TABLE referral.network_mention IS 'Which range of which list speaks in a step; derived with it. No row: no list names these addresses';

CREATE TABLE referral.network_answer (
    answer_id UUID NOT NULL,
    network_kind VARCHAR NOT NULL,
    is_shared BOOLEAN NOT NULL,
    kind_source VARCHAR,
    kind_as_of DATE,
    kind_range VARCHAR,
    country VARCHAR,
    country_source VARCHAR,
    country_as_of DATE,
    network_owner VARCHAR,
    owner_source VARCHAR,
    owner_as_of DATE,
    statements STRUCT(
        kind VARCHAR,
        list_kind VARCHAR,
        list_name VARCHAR,
        list_as_of DATE,
        list_as_of_basis VARCHAR,
        matched_range VARCHAR,
        owner VARCHAR,
        country VARCHAR,
        is_shared BOOLEAN
    )[] NOT NULL
);
COMMENT ON TABLE referral.network_answer IS 'What all lists together say; answer_id is a hash of the statements. Lists that disagree are all in statements';
COMMENT ON COLUMN referral.network_answer.network_kind IS 'The first of tor, vpn, hosting, carrier, access, reserved that any list says; unknown: no list names the address';

CREATE TABLE referral.network_lookup (
    ip_address VARCHAR NOT NULL,
    answer_id UUID NOT NULL,
    looked_up_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE referral.network_lookup IS 'One address that was looked up in the lists of that moment';

CREATE TABLE referral.network_lookup_end (
    ip_address VARCHAR NOT NULL,
    looked_up_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE referral.network_lookup_end IS 'A look-up that a later one replaced because a list changed';

CREATE VIEW referral.current_network_feed AS
SELECT network_feed.*
FROM referral.network_feed
INNER JOIN (
    SELECT max(feed_id) AS feed_id
    FROM referral.network_feed
    GROUP BY kind, name
) AS newest ON network_feed.feed_id = newest.feed_id
WHERE NOT network_feed.is_withdrawn;
COMMENT ON VIEW referral.current_network_feed IS 'The lists of address ranges that speak now';

CREATE VIEW referral.current_network_lookup AS
SELECT network_lookup.*
FROM referral.network_lookup
LEFT JOIN referral.network_lookup_end AS ended
    ON network_lookup.ip_address = ended.ip_address
    AND network_lookup.looked_up_at = ended.looked_up_at
WHERE ended.ip_address IS NULL;
COMMENT ON VIEW referral.current_network_lookup IS 'The newest look-up of each address';

CREATE VIEW referral.current_network AS
SELECT
    ip_event.version_id,
    ip_event.ip_event_no,
    ip_event.ip_address,
    answer.network_kind,
    answer.is_shared,
    answer.kind_source,
    answer.kind_as_of,
    answer.kind_range,
    answer.country,
    answer.country_source,
    answer.country_as_of,
    answer.network_owner,
    answer.owner_source,
    answer.owner_as_of,
    answer.statements,
    lookup.looked_up_at
FROM referral.ip_event
INNER JOIN referral.current_network_lookup AS lookup ON ip_event.ip_address = lookup.ip_address
INNER JOIN referral.network_answer AS answer ON lookup.answer_id = answer.answer_id;
COMMENT ON VIEW referral.current_network IS 'What our own lists say of each IP event, one row per event that was looked up; the sender''s words stay in ip_event and geo_lookup';
COMMENT ON COLUMN referral.current_network.statements IS 'Every list that says something, the one that decided the kind first';

-- Addresses are kept in one spelling (workbench/normalise/ip_address.py), so these need to read no other.
CREATE MACRO referral.ipv4_key(address) AS
    CAST(281470681743360 AS UHUGEINT) + CAST(
        CAST(split_part(address, '.', 1) AS UBIGINT) * 16777216
        + CAST(split_part(address, '.', 2) AS UBIGINT) * 65536
        + CAST(split_part(address, '.', 3) AS UBIGINT) * 256
        + CAST(split_part(address, '.', 4) AS UBIGINT) AS UHUGEINT
    );

CREATE MACRO referral.ipv6_closed(address) AS
    CASE WHEN starts_with(address, '::') THEN '0' ELSE '' END
    || address
    || CASE WHEN ends_with(address, '::') THEN '0' ELSE '' END;

-- Eight groups: between n of them stand n - 1 colons, of which '::' has two.
CREATE MACRO referral.ipv6_expanded(closed) AS
    replace(closed, '::', ':' || repeat('0:', 8 - (len(closed) - len(replace(closed, ':', '')))));

CREATE MACRO referral.ipv6_half(expanded, first_group) AS
    CAST('0x' || split_part(expanded, ':', first_group) AS UBIGINT) * CAST(281474976710656 AS UBIGINT)
    + CAST('0x' || split_part(expanded, ':', first_group + 1) AS UBIGINT) * CAST(4294967296 AS UBIGINT)
    + CAST('0x' || split_part(expanded, ':', first_group + 2) AS UBIGINT) * CAST(65536 AS UBIGINT)
    + CAST('0x' || split_part(expanded, ':', first_group + 3) AS UBIGINT);

CREATE MACRO referral.key_of_halves(high, low) AS
    CAST(high AS UHUGEINT) * CAST('18446744073709551616' AS UHUGEINT) + CAST(low AS UHUGEINT);

CREATE MACRO referral.ipv6_key(expanded) AS
    referral.key_of_halves(referral.ipv6_half(expanded, 1), referral.ipv6_half(expanded, 5));

CREATE MACRO referral.address_key(address) AS
    CASE
        WHEN contains(address, ':')
            THEN referral.ipv6_key(referral.ipv6_expanded(referral.ipv6_closed(address)))
        ELSE referral.ipv4_key(address)
    END;

CREATE OR REPLACE VIEW analyst.ip_event AS
SELECT
    version.referral_id,
    ip_event.party_no,
    ip_event.file_no,
    ip_event.ip_event_no,
    ip_event.ip_address,
    ip_event.ip_address_as_written,
    ip_event.event_name,
    ip_event.occurred_at,
    ip_event.occurred_at_zone_stated,
    ip_event.source_port,
    ip_event.is_possible_proxy,
    coalesce(network.country, lookup.country) AS country,
    CASE
        WHEN network.country IS NOT NULL THEN network.country_source
        WHEN lookup.country IS NOT NULL THEN 'NCMEC look-up in the report'
    END AS country_source,
    CASE
        WHEN network.country IS NOT NULL THEN network.country_as_of
        WHEN lookup.country IS NOT NULL THEN CAST(coalesce(version.processed_at, version.received_at) AS DATE)
    END AS country_as_of,
    coalesce(network.network_owner, lookup.organization) AS network_owner,
    CASE
        WHEN network.network_owner IS NOT NULL THEN network.owner_source
        WHEN lookup.organization IS NOT NULL THEN 'NCMEC look-up in the report'
    END AS owner_source,
    CASE
        WHEN network.network_owner IS NOT NULL THEN network.owner_as_of
        WHEN lookup.organization IS NOT NULL THEN CAST(coalesce(version.processed_at, version.received_at) AS DATE)
    END AS owner_as_of,
    coalesce(network.network_kind, ip_event.network_kind) AS network_kind,
    network.kind_source,
    network.kind_as_of,
    network.kind_range,
    coalesce(network.is_shared, ip_event.network_kind = 'carrier') AS is_shared,
    lookup.country AS ncmec_country,
    lookup.organization AS ncmec_organization,
    network.statements AS network_statements,
    clock.last_on AS retention_deadline_on,
    clock.period_id AS retention_period_id,
    clock.is_country_assumed AS is_retention_country_assumed
FROM referral.ip_event
INNER JOIN referral.current_version AS version ON ip_event.version_id = version.version_id
LEFT JOIN referral.current_network AS network
    ON ip_event.version_id = network.version_id
    AND ip_event.ip_event_no = network.ip_event_no
LEFT JOIN (
    SELECT
        version_id,
        ip_address,
        any_value(country ORDER BY source_path) AS country,
        any_value(organization ORDER BY source_path) AS organization
    FROM referral.geo_lookup
    GROUP BY version_id, ip_address
) AS lookup ON ip_event.version_id = lookup.version_id AND ip_event.ip_address = lookup.ip_address
LEFT JOIN (
    SELECT
        assessment.version_id,
        unnest(assessment.clocks, recursive := true)
    FROM referral.current_assessment AS assessment
) AS clock
    ON ip_event.version_id = clock.version_id
    AND ip_event.ip_event_no = clock.ip_event_no
    AND clock.kind = 'connection_data';
COMMENT ON VIEW analyst.ip_event IS 'One row per address seen at one moment, of a referral''s newest version';
COMMENT ON COLUMN analyst.ip_event.occurred_at IS 'UTC; null: the address cannot be resolved to a subscriber';
COMMENT ON COLUMN analyst.ip_event.occurred_at_zone_stated IS 'False: nobody stated the zone; the time was read as UTC and clocks take the careful end';
COMMENT ON COLUMN analyst.ip_event.source_port IS 'Needed where a carrier shares addresses; null: not said';
COMMENT ON COLUMN analyst.ip_event.is_possible_proxy IS 'The provider''s claim; null: not said';
COMMENT ON COLUMN analyst.ip_event.country IS 'By our own lists, else by NCMEC''s look-up in the report; country_source says which, country_as_of of when; null: nobody says';
COMMENT ON COLUMN analyst.ip_event.network_owner IS 'By our own lists, else by NCMEC''s look-up in the report; owner_source says which; null: nobody says';
COMMENT ON COLUMN analyst.ip_event.network_kind IS 'tor, vpn, hosting, carrier, access, reserved, unknown: the first that any list says; in no list is unknown';
COMMENT ON COLUMN analyst.ip_event.kind_source IS 'The list that says so; null: no list names the address';
COMMENT ON COLUMN analyst.ip_event.kind_as_of IS 'The date of that list; null: not known';
COMMENT ON COLUMN analyst.ip_event.kind_range IS 'The range of that list in which the address lies, as written';
COMMENT ON COLUMN analyst.ip_event.is_shared IS 'True: a carrier shares the address among subscribers, so that a port is needed';
COMMENT ON COLUMN analyst.ip_event.ncmec_country IS 'NCMEC''s own look-up at processing time; null: not in the report';
COMMENT ON COLUMN analyst.ip_event.network_statements IS 'Every list that says something of the address, lists that disagree included';
COMMENT ON COLUMN analyst.ip_event.retention_deadline_on IS 'Last day to ask the access provider who had the address; null: not known, or not assessed';
COMMENT ON COLUMN analyst.ip_event.is_retention_country_assumed IS 'True: nobody stated the country and the unit''s own was assumed';

CREATE VIEW analyst.network_feed AS
SELECT
    feed.feed_id,
    feed.kind,
    feed.name,
    feed.label,
    feed.as_of,
    feed.as_of_basis,
    feed.licence,
    feed.file_name,
    feed.source_format,
    feed.loaded_at,
    feed.loaded_by,
    feed.read_count,
    feed.range_count,
    feed.duplicate_count,
    feed.rejected_count,
    feed.is_withdrawn,
    current_feed.feed_id IS NOT NULL AS is_current
FROM referral.network_feed AS feed
LEFT JOIN referral.current_network_feed AS current_feed ON feed.feed_id = current_feed.feed_id;
COMMENT ON VIEW analyst.network_feed IS 'Every load of every list of address ranges; is_current marks those that speak now';
