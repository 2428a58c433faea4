-- name:   assess/select_ip_facts
-- grain:  one row per version to assess with a usable address: who can be found by it, and until when
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN, $unit_country VARCHAR, $country_names VARCHAR[], $country_codes VARCHAR[]
-- reads:  referral.ip_event, referral.current_network, referral.party, referral.geo_lookup, referral.retention_period
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
country AS (SELECT unnest($country_names) AS country_name, unnest($country_codes) AS country_code),
lookup AS (
    SELECT
        geo_lookup.version_id,
        geo_lookup.ip_address,
        min(country.country_code) AS country_code
    FROM referral.geo_lookup
    INNER JOIN country ON lower(trim(geo_lookup.country)) = country.country_name
    GROUP BY geo_lookup.version_id, geo_lookup.ip_address
),
seen AS (
    SELECT
        ip_event.version_id,
        ip_event.ip_event_no,
        ip_event.occurred_at IS NOT NULL AS is_dated,
        ip_event.occurred_at_zone_stated AS is_zone_stated,
        -- Nobody stated the zone: no clock on earth was further ahead than 14 hours.
        ip_event.occurred_at
        - CASE WHEN ip_event.occurred_at_zone_stated THEN INTERVAL 0 HOUR ELSE INTERVAL 14 HOUR END AS starts_at,
        target.received_at,
        -- Our own list, else NCMEC's look-up in the report, else the unit's own country assumed.
        coalesce(listed.country_code, lookup.country_code, $unit_country) AS country_code,
        coalesce(listed.country_code, lookup.country_code) IS NULL AS is_country_assumed,
        -- The access provider of a known VPN, Tor or hosting address is not the user's.
        coalesce(network.network_kind, ip_event.network_kind) NOT IN ('tor', 'vpn', 'hosting') AS has_clock,
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
        coalesce(network.is_shared, ip_event.network_kind = 'carrier') AND ip_event.source_port IS NULL AS is_shared,
        ip_event.source_port IS NOT NULL OR contains(ip_event.ip_address, ':') AS is_single_user,
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
    LEFT JOIN referral.current_network AS network
        ON ip_event.version_id = network.version_id
        AND ip_event.ip_event_no = network.ip_event_no
    LEFT JOIN country AS listed ON lower(network.country) = listed.country_name
    WHERE ip_event.ip_address IS NOT NULL AND NOT ip_event.is_private_use
),
timed AS (
    SELECT
        seen.*,
        seen.is_users AND seen.is_dated AND seen.is_hidden IS NOT TRUE AND NOT seen.is_shared AS is_open,
        period.period_id,
        CAST(
            seen.starts_at + to_months(coalesce(period.length_months, 0)) + to_days(coalesce(period.length_days, 0))
            + CASE WHEN coalesce(period.length_months, period.length_days) IS NOT NULL THEN INTERVAL 0 DAY END
            AS DATE
        ) AS last_on
    FROM seen
    LEFT JOIN referral.retention_period AS period
        ON period.rulebook_hash = $rulebook_hash
        AND period.kind = 'connection_data'
        AND seen.country_code = period.country
        AND CAST(seen.starts_at AS DATE) >= coalesce(period.valid_from, DATE '0001-01-01')
        AND CAST(seen.starts_at AS DATE) < coalesce(period.valid_until, DATE '9999-12-31')
),
counted AS (
    SELECT
        timed.version_id,
        count(*) FILTER (timed.is_users) AS address_count,
        count(*) FILTER (timed.is_users AND timed.is_dated) AS dated_count,
        count(*) FILTER (timed.is_users AND timed.is_hidden) AS hidden_count,
        count(*) FILTER (timed.is_users AND timed.is_dated AND timed.is_hidden) AS hidden_dated_count,
        count(*) FILTER (timed.is_users AND timed.is_dated AND NOT timed.is_hidden) AS known_open_count,
        count(*) FILTER (timed.is_users AND timed.is_dated AND timed.is_shared) AS shared_count,
        count(*) FILTER (timed.is_open) AS open_count,
        count(*) FILTER (timed.is_open AND timed.is_single_user) AS single_user_count,
        count(*) FILTER (timed.is_open AND timed.last_on >= CAST(timed.received_at AS DATE)) AS kept_count,
        count(*) FILTER (timed.is_open AND (timed.last_on >= CAST(timed.received_at AS DATE)) IS NULL) AS unclear_count,
        count(*) FILTER (timed.is_users AND timed.is_dated AND timed.is_zone_stated) AS zoned_count,
        list(
            {
                'kind': 'connection_data',
                'period_id': timed.period_id,
                'ip_event_no': timed.ip_event_no,
                'starts_at': timed.starts_at,
                'last_on': timed.last_on,
                'is_start_estimated': NOT timed.is_zone_stated,
                'is_country_assumed': timed.is_country_assumed
            }
            ORDER BY timed.ip_event_no
        ) FILTER (timed.is_dated AND timed.has_clock) AS connection_clocks
    FROM timed
    GROUP BY timed.version_id
)
SELECT
    counted.version_id,
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
        WHEN counted.known_open_count > 0 THEN false
        WHEN counted.address_count > 0 AND counted.hidden_count = counted.address_count THEN true
    END AS is_every_address_hidden,
    CASE WHEN counted.dated_count > 0 THEN counted.zoned_count = counted.dated_count END AS is_every_ip_zone_stated,
    counted.connection_clocks
FROM counted
