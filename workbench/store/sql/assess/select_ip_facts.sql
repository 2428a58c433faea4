-- name:   assess/select_ip_facts
-- grain:  one row per version to assess: who can be found by it, and until when
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN, $assumed_country VARCHAR, $country_names VARCHAR[], $country_codes VARCHAR[]
-- reads:  referral.ip_event, referral.current_network_lookup, referral.network_answer, referral.party, referral.geo_lookup,
--         referral.retention_period
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
country AS (SELECT unnest($country_names) AS country_name, unnest($country_codes) AS country_code),
answer AS (
    SELECT
        network_answer.answer_id,
        network_answer.network_kind,
        network_answer.is_shared,
        network_answer.kind_source,
        network_answer.kind_as_of,
        network_answer.network_owner,
        -- A country that we do not know by this name is not one that nobody stated; two letters that are none stand for that.
        coalesce(
            country.country_code,
            CASE WHEN country.country_name IS NULL AND length(trim(network_answer.country)) > 2 THEN 'not known' END
        ) AS country_code,
        list_distinct(list_transform(network_answer.statements, lambda said: said.country)) AS countries
    FROM referral.network_answer
    LEFT JOIN country ON lower(trim(network_answer.country)) = country.country_name
),
lookup AS (
    SELECT
        heard.version_id,
        heard.ip_address,
        -- Of several look-ups the one that stands first in the report, as on the screen.
        arg_min(heard.country_code, {'length': length(heard.source_path), 'path': heard.source_path}) AS country_code,
        min(heard.country_code) <> max(heard.country_code) AS has_several_countries,
        min(heard.organization) AS organization
    FROM (
        SELECT
            geo_lookup.version_id,
            geo_lookup.ip_address,
            coalesce(geo_lookup.source_path, '') AS source_path,
            coalesce(
                country.country_code,
                CASE WHEN country.country_name IS NULL AND length(trim(geo_lookup.country)) > 2 THEN 'not known' END
            ) AS country_code,
            coalesce(nullif(geo_lookup.organization, ''), nullif(geo_lookup.esp, '')) AS organization
        FROM referral.geo_lookup
        LEFT JOIN country ON lower(trim(geo_lookup.country)) = country.country_name
    ) AS heard
    GROUP BY heard.version_id, heard.ip_address
),
seen AS (
    SELECT
        ip_event.version_id,
        ip_event.ip_event_no,
        ip_event.ip_address,
        ip_event.occurred_at,
        CASE WHEN ip_event.source_port BETWEEN 1 AND 65535 THEN ip_event.source_port END AS port,
        network.kind_source,
        network.kind_as_of,
        -- Who runs the network of the address: our own list, else NCMEC's look-up in the report.
        coalesce(network.network_owner, lookup.organization) AS network_owner,
        ip_event.occurred_at_zone_stated AS is_zone_stated,
        -- Nobody stated the zone: clocks on earth run from 14 hours ahead of UTC to 12 hours behind it.
        ip_event.occurred_at
        - CASE WHEN ip_event.occurred_at_zone_stated THEN INTERVAL 0 HOUR ELSE INTERVAL 14 HOUR END AS starts_at,
        CASE WHEN ip_event.occurred_at_zone_stated THEN NULL ELSE ip_event.occurred_at + INTERVAL 12 HOUR END AS starts_at_latest,
        -- Nobody saw it after the report came: such a time is wrong, whatever the clocks and zones, and dates nothing.
        ip_event.occurred_at IS NOT NULL AND NOT coalesce(starts_at > target.received_at + INTERVAL 2 DAY, false) AS is_dated,
        target.received_at,
        -- Heard first: our own list, else NCMEC's look-up in the report, else the unit's own country where it is to be assumed.
        coalesce(network.country_code, lookup.country_code, $assumed_country) AS country_code,
        coalesce(network.country_code, lookup.country_code) IS NULL AND $assumed_country IS NOT NULL AS is_country_assumed,
        network.answer_id,
        coalesce(len(network.countries) > 1, false)
        OR coalesce(lookup.has_several_countries, false)
        OR coalesce(network.country_code <> lookup.country_code, false) AS has_several_countries,
        -- The access provider of a known VPN, Tor or hosting address is not the user's.
        coalesce(network.network_kind, ip_event.network_kind) NOT IN ('tor', 'vpn', 'hosting') AS has_clock,
        coalesce(network.network_kind, ip_event.network_kind) AS network_kind,
        CASE
            WHEN
                ip_event.is_possible_proxy
                OR coalesce(network.network_kind, ip_event.network_kind) IN ('tor', 'vpn', 'hosting')
                THEN true
            WHEN
                NOT ip_event.is_possible_proxy
                OR coalesce(network.network_kind, ip_event.network_kind) IN ('access', 'carrier')
                THEN false
        END AS is_hidden,
        coalesce(network.is_shared, ip_event.network_kind = 'carrier') AND port IS NULL AS is_shared,
        port IS NOT NULL OR contains(ip_event.ip_address, ':') AS is_single_user,
        -- A victim's, recipient's, parent's or payer's address has a clock but finds somebody else.
        coalesce(
            party.role = 'reported_user'
            OR (party.role = 'associated_account' AND coalesce(party.account_type, '') NOT IN ('Parent/Guardian', 'Billing')),
            true
        ) AS is_users
    FROM target
    INNER JOIN referral.ip_event ON target.version_id = ip_event.version_id
    LEFT JOIN referral.party
        ON ip_event.version_id = party.version_id
        AND ip_event.party_no = party.party_no
    LEFT JOIN lookup
        ON ip_event.version_id = lookup.version_id
        AND ip_event.ip_address = lookup.ip_address
    LEFT JOIN referral.current_network_lookup AS asked ON ip_event.ip_address = asked.ip_address
    LEFT JOIN answer AS network ON asked.answer_id = network.answer_id
    WHERE ip_event.ip_address IS NOT NULL AND NOT ip_event.is_private_use
),
period AS (
    SELECT
        retention_period.period_id,
        retention_period.country,
        retention_period.networks,
        retention_period.kind,
        coalesce(retention_period.valid_from, DATE '0001-01-01') AS valid_from,
        coalesce(retention_period.valid_until, DATE '9999-12-31') AS valid_until,
        retention_period.length_months,
        retention_period.length_days
    FROM referral.retention_period
    WHERE retention_period.rulebook_hash = $rulebook_hash
),
ending AS (
    SELECT
        seen.*,
        early.period_id AS early_period_id,
        late.period_id AS late_period_id,
        referral.end_of_period(seen.starts_at, early.length_months, early.length_days) AS early_end,
        referral.end_of_period(seen.starts_at_latest, late.length_months, late.length_days) AS late_end
    FROM seen
    LEFT JOIN period AS early
        ON early.kind = 'connection_data'
        AND seen.country_code = early.country
        AND referral.utc_day(seen.starts_at) >= early.valid_from
        AND referral.utc_day(seen.starts_at) < early.valid_until
    -- Another period can have come into force between the two ends of an interval.
    LEFT JOIN period AS late
        ON late.kind = 'connection_data'
        AND seen.country_code = late.country
        AND referral.utc_day(seen.starts_at_latest) >= late.valid_from
        AND referral.utc_day(seen.starts_at_latest) < late.valid_until
),
-- Another country that a source names for the same address: few events have one, and only these pay.
other AS (
    SELECT
        seen.version_id,
        seen.ip_event_no,
        country.country_code,
        unnest([seen.starts_at, seen.starts_at_latest]) AS starts_at
    FROM seen
    INNER JOIN (
        SELECT
            answer.answer_id,
            unnest(answer.countries) AS country
        FROM answer
        WHERE len(answer.countries) > 1
    ) AS listed ON seen.answer_id = listed.answer_id
    INNER JOIN country ON lower(trim(listed.country)) = country.country_name
    WHERE seen.has_several_countries AND seen.country_code <> country.country_code
    UNION
    SELECT
        seen.version_id,
        seen.ip_event_no,
        country.country_code,
        unnest([seen.starts_at, seen.starts_at_latest])
    FROM seen
    INNER JOIN referral.geo_lookup
        ON seen.version_id = geo_lookup.version_id
        AND seen.ip_address = geo_lookup.ip_address
    INNER JOIN country ON lower(trim(geo_lookup.country)) = country.country_name
    WHERE seen.has_several_countries AND seen.country_code <> country.country_code
),
elsewhere AS (
    SELECT
        of_country.version_id,
        of_country.ip_event_no,
        min(of_country.ends_at) AS earliest_end,
        max(of_country.ends_at) AS latest_end,
        arg_max(of_country.period_id, {'ends_at': of_country.ends_at, 'period_id': of_country.period_id}) AS latest_period_id,
        arg_min(of_country.period_id, {'ends_at': of_country.ends_at, 'period_id': of_country.period_id}) AS period_id,
        arg_min(of_country.ends_at_latest, {'ends_at': of_country.ends_at, 'period_id': of_country.period_id}) AS ends_at_latest
    FROM (
        SELECT
            ended.version_id,
            ended.ip_event_no,
            min(ended.ends_at) AS ends_at,
            max(ended.ends_at) AS ends_at_latest,
            arg_min(ended.period_id, {'ends_at': ended.ends_at, 'period_id': ended.period_id}) AS period_id
        FROM (
            SELECT
                other.version_id,
                other.ip_event_no,
                other.country_code,
                period.period_id,
                referral.end_of_period(other.starts_at, period.length_months, period.length_days) AS ends_at
            FROM other
            INNER JOIN period
                ON period.kind = 'connection_data'
                AND other.country_code = period.country
                AND referral.utc_day(other.starts_at) >= period.valid_from
                AND referral.utc_day(other.starts_at) < period.valid_until
        ) AS ended
        WHERE ended.ends_at IS NOT NULL
        GROUP BY ended.version_id, ended.ip_event_no, ended.country_code
    ) AS of_country
    GROUP BY of_country.version_id, of_country.ip_event_no
),
timed AS (
    SELECT
        ending.*,
        ending.is_users AND ending.is_dated AND ending.is_hidden IS NOT TRUE AND NOT ending.is_shared AS is_open,
        -- The country heard first says whether a last day is known; of those that others name an earlier one counts.
        least(ending.early_end, ending.late_end) AS first_end,
        coalesce(referral.utc_day(elsewhere.earliest_end) < referral.utc_day(first_end), false) AS is_elsewhere,
        CASE
            WHEN coalesce(ending.late_end < ending.early_end, ending.early_end IS NULL AND ending.late_end IS NOT NULL)
                THEN ending.late_period_id
            ELSE ending.early_period_id
        END AS first_period_id,
        coalesce(
            CASE WHEN is_elsewhere THEN elsewhere.period_id ELSE first_period_id END,
            (SELECT min(period.period_id) FROM period WHERE period.kind = 'connection_data' AND period.country IS NULL)
        ) AS period_id,
        CASE WHEN is_elsewhere THEN elsewhere.earliest_end ELSE first_end END AS ends_at,
        referral.utc_day(ends_at) AS last_on,
        CASE
            WHEN ending.starts_at_latest IS NOT NULL AND is_elsewhere THEN referral.utc_day(elsewhere.ends_at_latest)
            WHEN ending.starts_at_latest IS NOT NULL THEN referral.utc_day(greatest(ending.early_end, ending.late_end))
        END AS last_on_latest,
        -- The latest day that any country named gives: what stands when the earliest has passed.
        CASE WHEN first_end IS NOT NULL THEN greatest(first_end, elsewhere.latest_end) END AS latest_end,
        referral.utc_day(greatest(first_end, elsewhere.latest_end)) AS latest_on,
        CASE WHEN elsewhere.latest_end > first_end THEN elsewhere.latest_period_id ELSE first_period_id END AS latest_period_id,
        -- Kept on receipt. Where it was by one country that is named and not by another, nobody knows.
        CASE
            WHEN last_on >= referral.utc_day(ending.received_at) THEN true
            WHEN last_on IS NOT NULL AND latest_on < referral.utc_day(ending.received_at) THEN false
        END AS is_kept,
        hidden.period_id AS hidden_period_id
    FROM ending
    LEFT JOIN elsewhere
        ON ending.version_id = elsewhere.version_id
        AND ending.ip_event_no = elsewhere.ip_event_no
    LEFT JOIN (
        SELECT
            period.period_id,
            unnest(period.networks) AS network_kind
        FROM period
        WHERE period.kind = 'hidden_network'
    ) AS hidden ON ending.network_kind = hidden.network_kind
),
-- One word a finding can carry in any language: the address, and the list or the provider's field that hides it.
told AS (
    SELECT
        timed.*,
        timed.is_dated AND NOT timed.is_hidden AND timed.is_shared IS NOT TRUE AND timed.is_kept AS is_clear,
        timed.ip_address || ' ('
        || CASE
            WHEN timed.network_kind IN ('tor', 'vpn', 'hosting') AND timed.kind_source IS NOT NULL
                THEN concat_ws(', ', timed.network_kind, timed.kind_source, strftime(timed.kind_as_of, '%Y-%m-%d'))
            WHEN timed.network_kind IN ('tor', 'vpn', 'hosting') THEN timed.network_kind
            ELSE 'possibleProxy'
        END
        || ')' AS hidden_as,
        timed.ip_address || strftime(timed.occurred_at, ' %Y-%m-%d %H:%M:%S UTC')
        || CASE WHEN timed.is_zone_stated THEN '' ELSE '?' END
        || coalesce(', port ' || timed.port, '') AS clear_as
    FROM timed
),
counted AS (
    SELECT
        timed.version_id,
        count(*) FILTER (timed.is_users) AS address_count,
        count(*) FILTER (timed.is_users AND timed.is_hidden IS NULL) AS unsaid_count,
        count(*) FILTER (timed.is_users AND timed.is_clear) AS clear_count,
        count(*) FILTER (
            timed.is_users
            AND (timed.is_hidden OR (timed.is_dated AND NOT timed.is_kept))
        ) AS closed_count,
        list(DISTINCT timed.hidden_as ORDER BY timed.hidden_as) FILTER (timed.is_users AND timed.is_hidden) AS hidden_list,
        list(DISTINCT timed.clear_as ORDER BY timed.clear_as) FILTER (timed.is_users AND timed.is_clear) AS clear_list,
        list(DISTINCT timed.network_owner ORDER BY timed.network_owner)
            FILTER (timed.is_users AND timed.is_clear AND timed.network_owner IS NOT NULL) AS owner_list,
        count(*) FILTER (timed.is_users AND timed.is_dated) AS dated_count,
        count(*) FILTER (timed.is_users AND timed.is_hidden) AS hidden_count,
        count(*) FILTER (timed.is_users AND timed.is_dated AND timed.is_hidden) AS hidden_dated_count,
        count(*) FILTER (timed.is_users AND timed.is_dated AND timed.is_shared) AS shared_count,
        count(*) FILTER (timed.is_open) AS open_count,
        count(*) FILTER (timed.is_open AND timed.is_single_user) AS single_user_count,
        count(*) FILTER (timed.is_open AND timed.is_kept) AS kept_count,
        count(*) FILTER (timed.is_open AND timed.is_kept IS NULL) AS unclear_count,
        count(*) FILTER (timed.is_users AND timed.is_dated AND timed.is_zone_stated) AS zoned_count,
        list(
            {
                'kind': CASE WHEN timed.has_clock THEN 'connection_data' ELSE 'hidden_network' END,
                'period_id': CASE WHEN timed.has_clock THEN timed.period_id ELSE timed.hidden_period_id END,
                'ip_event_no': timed.ip_event_no,
                'starts_at': timed.starts_at,
                'last_on': CASE WHEN timed.has_clock AND timed.is_dated THEN timed.last_on END,
                'is_start_estimated': timed.is_zone_stated IS NOT TRUE,
                'is_country_assumed': timed.has_clock AND timed.is_country_assumed,
                'ends_at': CASE WHEN timed.has_clock AND timed.is_dated THEN timed.ends_at END,
                'starts_at_latest': timed.starts_at_latest,
                'last_on_latest': CASE WHEN timed.has_clock AND timed.is_dated THEN timed.last_on_latest END,
                'is_counted': timed.has_clock,
                'ip_address': timed.ip_address,
                'source_format': CAST(NULL AS VARCHAR)
            }
            ORDER BY timed.ip_event_no
        ) FILTER (timed.occurred_at IS NOT NULL OR NOT timed.has_clock) AS connection_clocks,
        list(
            {
                'kind': 'connection_data',
                'period_id': timed.latest_period_id,
                'ip_event_no': CAST(NULL AS INTEGER),
                'starts_at': timed.starts_at,
                'last_on': timed.latest_on,
                'is_start_estimated': timed.is_zone_stated IS NOT TRUE,
                'is_country_assumed': false,
                'ends_at': timed.latest_end,
                'starts_at_latest': timed.starts_at_latest,
                'last_on_latest': CAST(NULL AS DATE),
                'is_counted': true,
                'ip_address': timed.ip_address,
                'source_format': CAST(NULL AS VARCHAR)
            }
            ORDER BY timed.ip_event_no
        ) FILTER (timed.latest_on > timed.last_on AND timed.has_clock AND timed.is_dated) AS later_clocks
    FROM told AS timed
    GROUP BY timed.version_id
)
SELECT
    target.version_id,
    coalesce(counted.address_count, 0) AS user_address_count,
    CASE
        WHEN counted.open_count > 0 THEN counted.open_count
        WHEN counted.dated_count > 0 AND counted.hidden_dated_count = counted.dated_count THEN 0
    END AS open_ip_count,
    CASE
        WHEN counted.kept_count > 0 THEN counted.kept_count
        WHEN counted.open_count > 0 AND counted.unclear_count = 0 THEN 0
    END AS kept_ip_count,
    CASE WHEN counted.address_count > 0 THEN counted.address_count - counted.dated_count END AS undated_ip_count,
    CASE
        WHEN counted.single_user_count > 0 THEN false
        WHEN counted.shared_count > 0 AND counted.open_count = 0 THEN true
    END AS is_shared_without_port,
    CASE
        WHEN counted.hidden_count > 0 THEN counted.hidden_count
        WHEN counted.address_count > 0 AND counted.unsaid_count = 0 THEN 0
    END AS hidden_ip_count,
    CASE
        WHEN counted.clear_count > 0 THEN counted.clear_count
        WHEN counted.address_count > 0 AND counted.closed_count = counted.address_count THEN 0
    END AS clear_kept_ip_count,
    array_to_string(counted.hidden_list[:3], '; ') || CASE WHEN len(counted.hidden_list) > 3 THEN '; …' ELSE '' END
        AS hidden_addresses,
    array_to_string(counted.clear_list[:3], '; ') || CASE WHEN len(counted.clear_list) > 3 THEN '; …' ELSE '' END
        AS clear_addresses,
    array_to_string(counted.owner_list, '; ') AS clear_network_owners,
    CASE WHEN counted.dated_count > 0 THEN counted.zoned_count = counted.dated_count END AS is_every_ip_zone_stated,
    list_concat(counted.connection_clocks, coalesce(counted.later_clocks, [])) AS connection_clocks
FROM target
LEFT JOIN counted ON target.version_id = counted.version_id
