"""Measure `assess --all` against a bare statement with the same joins and aggregates.

Run: python tests/benchmarks/assess_all.py [REFERRALS]

200,000 referrals, 600,000 files and 600,000 IP events are made in the database itself. The floor reads
the same tables, joins and groups them by the same keys, and writes one row a referral with plain
counts and the same list of clocks: what any assessment would have to do before it knows a single rule.
"""

import sys
import tempfile
import time
from pathlib import Path

from rules.rulebook import load_rulebook
from workbench.assess.assessor import assess
from workbench.store.connection import Store

AIM = 5.0
PER_REFERRAL = 3  # files, and IP events
ROUNDS = 3  # the best of each counts

REFERRALS = """
INSERT INTO referral.report_version BY NAME
SELECT
    sha256('version' || number) AS version_id,
    sha256('referral' || number) AS referral_id,
    1 AS version,
    'batch' AS batch_id,
    'file' AS source_file_id,
    'cybertipline_json' AS source_format,
    'cybertipline' AS source_system,
    now() AS loaded_at,
    CAST(991000000 + number AS VARCHAR) AS report_number,
    ['Snapchat', 'Google', 'Discord', 'Facebook'][1 + number % 4] AS provider_as_written,
    CASE WHEN number % 9 = 0 THEN 'Online Enticement of Children for Sexual Acts'
         ELSE 'Child Pornography (possession, manufacture, and distribution)' END AS incident_type,
    CASE WHEN number % 3 = 0 THEN 'Apparent Child Pornography' END AS ncmec_classification,
    TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_minutes(number) AS received_at,
    true AS received_at_zone_stated,
    TIMESTAMPTZ '2025-12-20 00:00:00+00' + to_minutes(number) AS incident_at,
    true AS incident_at_zone_stated,
    CASE WHEN number % 50 = 0 THEN 'A child is at risk.' END AS escalation_text,
    ['1', '2', '3', 'E'][1 + number % 4] AS priority_id,
    CASE WHEN number % 20 = 0 THEN ['sextortion'] ELSE [] END AS annotations,
    number % 5 = 0 AS is_informational,
    'Norway' AS country
FROM range($referrals) AS made(number)
"""
ROWS = {
    "party": """
INSERT INTO referral.party BY NAME
SELECT
    version_id,
    party_no,
    CASE party_no WHEN 1 THEN 'reported_user' ELSE 'victim' END AS role,
    'user' || row_number() OVER () AS provider_user_id,
    CASE WHEN party_no = 2 THEN 9 + hash(version_id) % 9 END AS age
FROM referral.report_version, range(1, 3) AS made(party_no)
WHERE party_no = 1 OR hash(version_id) % 8 = 0
""",
    "identifier": """
INSERT INTO referral.identifier BY NAME
SELECT
    version_id,
    1 AS party_no,
    kind,
    kind || substr(version_id, 1, 5) || '@example.org' AS value,
    value AS value_as_written,
    CASE hash(version_id) % 3 WHEN 0 THEN true WHEN 1 THEN false END AS is_verified
FROM referral.report_version, unnest(['email', 'screen_name', 'provider_user_id']) AS made(kind)
""",
    "ip_event": """
INSERT INTO referral.ip_event BY NAME
SELECT
    version_id,
    1 AS party_no,
    ip_event_no,
    '198.51.100.' || (hash(version_id) % 256) AS ip_address,
    ip_address AS ip_address_as_written,
    received_at - to_hours(ip_event_no * 100) AS occurred_at,
    ip_event_no <> 3 AS occurred_at_zone_stated,
    CASE WHEN ip_event_no = 1 THEN 40000 + hash(version_id) % 10000 END AS source_port,
    CASE WHEN hash(version_id) % 6 = 0 THEN true END AS is_possible_proxy,
    'unknown' AS network_kind,
    false AS is_private_use
FROM referral.report_version, range(1, $each + 1) AS made(ip_event_no)
""",
    "geo_lookup": """
INSERT INTO referral.geo_lookup BY NAME
SELECT version_id, ip_address, ip_address AS ip_address_as_written, 'Norway' AS country
FROM referral.ip_event
WHERE ip_event_no = 1
""",
    "file_record": """
INSERT INTO referral.file_record BY NAME
SELECT
    version_id,
    file_no,
    CASE hash(version_id, file_no) % 3 WHEN 0 THEN true WHEN 1 THEN false END AS is_viewed_by_provider,
    CASE hash(version_id, file_no) % 4 WHEN 0 THEN 'A1' WHEN 1 THEN 'B2' END AS industry_classification,
    CASE hash(version_id, file_no) % 5 WHEN 0 THEN ['viral'] WHEN 1 THEN ['infant'] END AS flags
FROM referral.report_version, range(1, $each + 1) AS made(file_no)
""",
    "file_hash": """
INSERT INTO referral.file_hash BY NAME
SELECT version_id, file_no, 'MD5' AS hash_type, md5(version_id || file_no) AS value
FROM referral.file_record
""",
    "text_block": """
INSERT INTO referral.text_block BY NAME
SELECT
    version_id,
    1 AS text_no,
    'additional_info' AS kind,
    false AS is_boilerplate,
    'Invented text. ' || version_id AS content
FROM referral.report_version
""",
    "prior_report": """
INSERT INTO referral.prior_report BY NAME
SELECT version_id, 1 AS party_no, '991' || substr(version_id, 1, 6) AS prior_report_number
FROM referral.report_version
WHERE hash(version_id) % 10 = 0
""",
}
FLOOR = """
CREATE TABLE desk.floor AS
WITH
person AS (
    SELECT version_id, min(age) AS age, bool_or(is_compromised) AS is_compromised
    FROM referral.party GROUP BY version_id
),
contact AS (
    SELECT identifier.version_id, count(*) AS contacts, bool_or(is_verified) AS is_verified
    FROM referral.identifier
    INNER JOIN referral.party USING (version_id, party_no)
    GROUP BY identifier.version_id
),
seen AS (
    SELECT
        ip_event.version_id,
        count(*) AS addresses,
        count(source_port) AS ports,
        bool_or(is_possible_proxy) AS is_proxy,
        list({
            'kind': 'connection_data', 'ip_event_no': ip_event_no, 'starts_at': occurred_at,
            'last_on': CAST(occurred_at + INTERVAL 12 MONTH AS DATE), 'country': geo_lookup.country
        } ORDER BY ip_event_no) AS clocks
    FROM referral.ip_event
    LEFT JOIN referral.party USING (version_id, party_no)
    LEFT JOIN referral.geo_lookup USING (version_id, ip_address)
    GROUP BY ip_event.version_id
),
file AS (
    SELECT
        file_record.version_id,
        count(*) AS files,
        count(file_hash.value) AS hashes,
        bool_or(is_viewed_by_provider) AS is_viewed,
        max(industry_classification) AS class
    FROM referral.file_record
    LEFT JOIN referral.file_hash USING (version_id, file_no)
    GROUP BY file_record.version_id
),
text AS (
    SELECT version_id, bool_or(trim(content) <> '') AS has_text FROM referral.text_block GROUP BY version_id
),
prior AS (SELECT version_id, count(*) AS priors FROM referral.prior_report GROUP BY version_id),
known AS (
    SELECT version_id, max(earlier) AS earlier
    FROM (
        SELECT
            identifier.version_id,
            rank() OVER (PARTITION BY kind, value ORDER BY received_at) - 1 AS earlier
        FROM referral.identifier
        INNER JOIN referral.current_version USING (version_id)
    )
    GROUP BY version_id
)
SELECT
    version.version_id, version.referral_id, version.received_at, version.incident_type,
    version.priority_id, version.escalation_text, person.age, person.is_compromised, contact.contacts,
    contact.is_verified, seen.addresses, seen.ports, seen.is_proxy, seen.clocks, file.files,
    file.hashes, file.is_viewed, file.class, text.has_text, prior.priors, known.earlier
FROM referral.current_version AS version
LEFT JOIN person USING (version_id)
LEFT JOIN contact USING (version_id)
LEFT JOIN seen USING (version_id)
LEFT JOIN file USING (version_id)
LEFT JOIN text USING (version_id)
LEFT JOIN prior USING (version_id)
LEFT JOIN known USING (version_id)
"""


def make_rows(store: Store, referrals: int) -> None:
    """Fill the migrated tables, set by set."""
    store.run_text(REFERRALS, {"referrals": referrals})
    for statement in ROWS.values():
        store.run_text(statement, {"each": PER_REFERRAL} if "$each" in statement else None)


def seconds_of_floor(store: Store) -> float:
    """Run the bare statement."""
    store.run_text("DROP TABLE IF EXISTS desk.floor")
    started = time.monotonic()
    with store.transaction():
        store.run_text(FLOOR)
    return time.monotonic() - started


def main(referrals: int) -> float:
    """Print the best of both times and their ratio; return the ratio."""
    rulebook = load_rulebook(None)
    floors, runs = [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "store.duckdb") as store,
    ):
        make_rows(store, referrals)
        # In turn, so that a busy moment of the machine hits both.
        for _ in range(ROUNDS):
            floors.append(seconds_of_floor(store))
            runs.append(assess(store, rulebook, everything=True, unit_country="NO").seconds)
    ratio = min(runs) / min(floors)
    print(
        f"{referrals:,} referrals, {len(rulebook.rules)} rules, {len(rulebook.facts)} facts: "
        f"assess {min(runs):.2f} s, floor {min(floors):.2f} s, ratio {ratio:.2f} (aim {AIM:.0f})"
    )
    return ratio


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
