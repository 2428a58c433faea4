"""Migrations: numbered, forward only, each applied once and never changed after."""

import hashlib
from importlib.resources import files
from typing import Final

import duckdb

from workbench.errors import StoreError


def migrations() -> list[tuple[str, str]]:
    """Return (file name, text) of every migration, in order."""
    folder = files("workbench.store") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(name, (folder / name).read_text(encoding="utf-8")) for name in names]


# A migration that had to be worded anew, and the SHA-256 of its first wording; both leave the same
# tables, but the first one ended DuckDB where the store already held rows.
_FIRST_WORDED_AS: Final = {
    "0011_clocks.sql": "7464b63df03553d6967fa5363ce2a0f07727bcbf69c76c5b12729fba7da9b7fc"
}


def schema_hash() -> str:
    """Return a hash over all migrations: two stores with the same one have the same tables."""
    return hashlib.sha256("".join(text for _, text in migrations()).encode()).hexdigest()


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Apply what is missing, each migration whole or not at all.

    Raises:
        StoreError: An applied migration is not the one this workbench ships, or is unknown to it.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS main.migration "
        "(file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL)"
    )
    applied = dict(connection.execute("SELECT file_name, sha256 FROM main.migration").fetchall())
    shipped = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in migrations()}
    for name, digest in applied.items():
        if digest not in {shipped.get(name), _FIRST_WORDED_AS.get(name)}:
            raise StoreError(
                f"The store was made by another version of the workbench (migration {name}).",
                remedy="Open it with that version, or start a new store with --store.",
            )
    missing = [(name, text) for name, text in migrations() if name not in applied]
    if missing:
        # Straight into the file: what DuckDB logs of some changes to a table it cannot replay, and
        # a store killed before the log was folded in would never open again.
        connection.execute("SET checkpoint_threshold = '1KB'")
        connection.execute("SET auto_checkpoint_skip_wal_threshold = 0")
        for name, text in missing:
            _apply(connection, name, text, shipped[name])
        connection.execute("RESET auto_checkpoint_skip_wal_threshold")
        connection.execute("RESET checkpoint_threshold")


def _apply(connection: duckdb.DuckDBPyConnection, name: str, text: str, digest: str) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(text)
        connection.execute("INSERT INTO main.migration VALUES (?, ?, now())", [name, digest])
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
