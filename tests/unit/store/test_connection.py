"""The door to the database: whole or nothing, and nothing reaches outside."""

import pytest

from workbench.errors import QueryRefusedError
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
