"""A store of an earlier version, with what a unit has in it, is brought up to date."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from workbench.store.connection import Store
from workbench.store.migrate import migrations

ROWS = 3_000
# Rows like those of the earlier versions. Some have no clock: a list that is empty is where a change
# of its elements has ended DuckDB.
_ASSESSED = f"""
INSERT INTO referral.assessment BY NAME
SELECT
    uuidv7() AS assessment_id,
    uuidv7() AS version_id,
    'referral-' || number AS referral_id,
    now() AS assessed_at,
    'earlier' AS rulebook_hash,
    '{{}}' AS facts,
    [true, NULL, false] AS outcomes,
    'routine' AS urgency,
    'actionable' AS actionability,
    'image' AS referral_kind,
    list_transform(
        range(number % 4),
        lambda clock: {{
            'kind': 'connection_data',
            'period_id': 'period-' || number % 7,
            'ip_event_no': CASE WHEN clock > 0 THEN CAST(clock AS INTEGER) END,
            'starts_at': now(),
            'last_on': DATE '2026-01-01' + number % 400,
            'is_start_estimated': clock = 1,
            'is_country_assumed': false
        }}
    ) AS clocks
FROM (SELECT CAST(unnest(range({ROWS})) AS INTEGER) AS number)
"""  # noqa: S608 - numbers of our own
_KEPT = """
SELECT count(*), count(DISTINCT clocks[1].last_on), count(clocks[1].period_id), sum(len(clocks))
FROM referral.assessment
"""


def store_before(path: Path, name: str) -> list[tuple[object, ...]]:
    """Make a store as it stood before a migration, assess in it, and return what it holds."""
    with duckdb.connect(path) as connection:
        connection.execute(
            "CREATE TABLE main.migration "
            "(file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL)"
        )
        for migration, text in migrations():
            if migration >= name:
                break
            connection.execute(text)
            connection.execute(
                "INSERT INTO main.migration VALUES (?, sha256(?), now())", [migration, text]
            )
        connection.execute(_ASSESSED)
        return connection.execute(_KEPT).fetchall()


@pytest.mark.parametrize("name", [name for name, _ in migrations() if name > "0002_assessment.sql"])
def test_an_earlier_store_opens_and_keeps_its_rows(tmp_path: Path, name: str) -> None:
    path = tmp_path / "unit.duckdb"
    kept = store_before(path, name)
    # In a process of its own: what DuckDB cannot do may end the whole process.
    opens = (
        "import sys; from pathlib import Path; from workbench.store.connection import Store\n"
        "with Store.open(Path(sys.argv[1])) as store: store.query('SELECT 1')"
    )
    opened = subprocess.run(
        [sys.executable, "-c", opens, str(path)], capture_output=True, text=True, check=False
    )
    assert opened.returncode == 0, opened.stderr
    with Store.open(path) as store:
        assert [tuple(row) for row in store.query(_KEPT)[1]] == kept
        assert kept[0][0] == ROWS
