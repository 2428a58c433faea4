"""The door to the database: whole or nothing, and nothing reaches outside."""

from pathlib import Path

import pytest

from workbench.errors import QueryRefusedError, StoreError
from workbench.store import connection
from workbench.store.connection import Store


def test_a_failed_block_leaves_nothing(store: Store) -> None:
    reading = "INSERT INTO desk.reading VALUES ('r', 1, 'A1', now(), 'referral')"
    with pytest.raises(ZeroDivisionError), store.transaction():
        raise ZeroDivisionError(store.run_text(reading))
    assert store.query("SELECT count(*) FROM desk.reading")[1] == [(0,)]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO 'out.csv'", "ATTACH 'other.duckdb'", "INSTALL httpfs", "SET enable_external_access = true",
        "CALL pragma_version()", "CREATE TABLE t AS SELECT 1", "UPDATE desk.decision SET note = ''",
        "WITH x AS (SELECT 1) DELETE FROM desk.decision", "EXPLAIN ANALYZE DELETE FROM desk.decision", "",
        "SELECT * FROM 'secrets.csv'", "SELECT * FROM glob('*')", "SELECT read_text('x')",
    ],
)  # fmt: skip
def test_a_typed_query_can_only_read_the_store(store: Store, sql: str) -> None:
    with pytest.raises(QueryRefusedError):
        store.query(sql)


def test_cursors_see_one_database(store: Store) -> None:
    other = store.cursor()
    with store.transaction():
        store.run_text("INSERT INTO desk.reading VALUES ('r', 1, 'A1', now(), 'referral')")
    assert other.query("SELECT read_by FROM desk.reading")[1] == [("A1",)]


def limit_of(store: Store) -> str:
    [row] = store.rows_of("SELECT current_setting('memory_limit') AS memory")
    return str(row["memory"])


def test_what_needs_more_than_little_memory_is_done_again_with_all_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_MODEST_MEMORY", "8MB")
    limits: list[str] = []

    def step() -> int:
        limits.append(limit_of(opened))
        with opened.transaction():
            [row] = opened.rows_of(
                "SELECT count(*) AS groups FROM (SELECT i FROM range(3_000_000) AS r(i) GROUP BY i)"
            )
        return int(row["groups"])

    with Store.open(tmp_path / "unit.duckdb") as opened:
        assert opened.modestly(step) == 3_000_000
        assert limits[0] == "7.6 MiB"
        assert limits[1].endswith("GiB")  # as before, but for rounding
        assert limit_of(opened) == limits[1]


def test_another_fault_is_not_tried_again(tmp_path: Path) -> None:
    calls: list[int] = []

    def step() -> None:
        calls.append(1)
        raise StoreError("The disk is full.")

    with Store.open(tmp_path / "unit.duckdb") as opened:
        with pytest.raises(StoreError, match="disk is full"):
            opened.modestly(step)
        assert len(calls) == 1
