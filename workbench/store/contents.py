"""Everything a store holds, table by table: read through, and compared with another store."""

from dataclasses import dataclass

import duckdb

from workbench.errors import StoreError
from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class TableContent:
    """How many rows a table has, and a sum over all their values in no order."""

    row_count: int
    fingerprint: str


def read_through(store: Store) -> dict[str, TableContent]:
    """Read every value of every table, which DuckDB checks against the checksum of its block.

    Returns:
        By `schema.table`. The same rows give the same fingerprint in the same DuckDB.

    Raises:
        StoreError: A part of the file is damaged.
    """
    try:
        return {table: _content_of(store, table) for table in _tables(store)}
    except duckdb.Error as error:
        raise StoreError(
            f"The file {store.path} is damaged: {str(error).splitlines()[0]}",
            remedy="Restore a backup with `workbench restore`.",
        ) from error


def _content_of(store: Store, table: str) -> TableContent:
    [row] = store.rows_of(
        "SELECT count(*) AS row_count, "
        "CAST(coalesce(sum(hash(kept)), 0) AS VARCHAR) AS fingerprint "
        f"FROM {_quoted(table)} AS kept"
    )
    return TableContent(int(row["row_count"]), str(row["fingerprint"]))


def rows_missing_in(other: Store, store: Store) -> dict[str, int]:
    """Return how many rows of a store are not in another, by `schema.table`; none: no entry."""
    theirs = read_through(other)
    missing: dict[str, int] = {}
    for table, content in read_through(store).items():
        if content.row_count and content != theirs.get(table):
            count = _rows_missing(other, store, table, is_there=table in theirs)
            missing |= {table: count} if count else {}
    return missing


def _rows_missing(other: Store, store: Store, table: str, *, is_there: bool) -> int:
    rows = f"SELECT hash(kept) AS row_hash FROM {_quoted(table)} AS kept"
    # A table that the other lacks is compared with no rows at all.
    known = other.arrow_of(rows) if is_there else store.arrow_of(f"{rows} LIMIT 0")
    with store.columns("known_row", known):
        [row] = store.rows_of(
            f"SELECT count(*) AS row_count FROM ({rows}) AS kept "
            "ANTI JOIN known_row ON kept.row_hash = known_row.row_hash"
        )
    return int(row["row_count"])


def _tables(store: Store) -> list[str]:
    return [
        f"{row['schema_name']}.{row['table_name']}" for row in store.rows("keeping/list_tables")
    ]


def _quoted(table: str) -> str:
    schema, _, name = table.partition(".")
    return f'"{schema}"."{name}"'
