"""Every statement says what it is, and every statement runs on an empty store."""

import re
from pathlib import Path

import duckdb
import pytest

from workbench.model.tables import TABLES
from workbench.store.connection import Store
from workbench.store.migrate import migrations

SQL = Path(__file__).parents[2] / "workbench" / "store" / "sql"
FILES = sorted(SQL.rglob("*.sql"))
HEADER = ("name", "grain", "params", "order")


def name_of(path: Path) -> str:
    return path.relative_to(SQL).with_suffix("").as_posix()


def header_of(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        match = re.match(r"-- (name|grain|params|reads|writes|order):\s*(.*)", line)
        if match:
            last = match[1]
            found[last] = match[2]
        elif last:
            found[last] += " " + line.removeprefix("--").strip()
    return found


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_header_says_what_the_statement_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header = header_of(text)
    assert all(key in header for key in HEADER), header
    assert header["name"] == name_of(path)
    assert "reads" in header or "writes" in header
    assert not re.search(r"SELECT\s+\*", text)
    body = re.sub(r"--[^\n]*|'[^']*'", "", text)
    assert set(re.findall(r"\$(\w+)", body)) == set(re.findall(r"\$(\w+)", header["params"]))
    if "-- fragment" not in text:
        assert len(duckdb.extract_statements(text)) == 1


def test_every_table_of_the_model_is_in_the_store(store: Store) -> None:
    rows = store.query(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'referral'"
    )[1]
    columns: dict[str, set[str]] = {}
    for table, column in rows:
        columns.setdefault(table, set()).add(column)
    for table, declared in TABLES.items():
        held = (
            columns["report_version" if table == "report" else table]
            if table != "recorded_decision"
            else None
        )
        assert held is None or set(declared) <= held, table


def test_every_promised_view_and_column_is_explained(store: Store) -> None:
    views = store.query(
        "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'analyst'"
    )[1]
    assert {name for name, _ in views} >= {
        "referral", "party", "identifier", "ip_event", "file_record", "finding", "decision", "link",
    }  # fmt: skip
    assert [name for name, comment in views if not comment] == []


def test_migrations_are_numbered_without_gaps() -> None:
    assert [int(name[:4]) for name, _ in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_store_opens_again_and_a_foreign_one_is_refused(tmp_path: Path) -> None:
    from workbench.errors import StoreError

    path = tmp_path / "unit.duckdb"
    Store.open(path).close()
    with Store.open(path) as opened:
        assert opened.query("SELECT count(*) FROM analyst.referral")[1] == [(0,)]
    with duckdb.connect(str(path)) as raw:
        raw.execute("UPDATE main.migration SET sha256 = 'other'")
    with pytest.raises(StoreError, match="another version"):
        Store.open(path)
