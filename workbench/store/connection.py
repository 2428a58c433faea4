"""The door to the database: one DuckDB file, named statements, nothing else."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Self, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa

from workbench.errors import QueryRefusedError, RowsRefusedError, StoreError, StoreLockedError
from workbench.store.gate import Gate
from workbench.store.migrate import migrate

# A disk that is full or gone, or memory that does not suffice; after the second nothing works on.
_CANNOT_WRITE = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,  # what a commit says that could not be written
)

_SPARING_MEMORY = "128MB"
_MODEST_MEMORY = "512MB"
# A value that does not fit, as against a store that cannot be written to or a faulty statement.
_DOES_NOT_FIT = (duckdb.DataError, duckdb.IntegrityError, duckdb.InvalidInputException)

Params = Mapping[str, Any]
Row = dict[str, Any]
Result = TypeVar("Result")


@cache
def statement(name: str) -> str:
    """Return the text of `sql/<room>/<verb_noun>.sql`; `name` is `<room>/<verb_noun>`."""
    return (files("workbench.store") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


class Store:
    """One open store. Use one per thread: `cursor()` gives another on the same database."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, path: Path | None, gate: Gate | None = None
    ) -> None:
        self._connection = connection
        self._is_in_transaction = False
        self.path = path
        self.gate = gate or Gate()

    @classmethod
    def open(cls, path: Path | None) -> Self:
        """Open the store at `path`, creating and migrating it as needed; None is in memory.

        Raises:
            StoreLockedError: Another process holds the file.
            StoreError: The file is not a store, or was written by a newer workbench.
        """
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = duckdb.connect(":memory:" if path is None else str(path))
        except duckdb.Error as error:
            raise _open_error(path, error) from error
        connection.execute("SET TimeZone = 'UTC'")
        # DuckDB counts the machine's cores, not those this process may use; its surplus threads
        # then wait for each other on the same core.
        connection.execute("SET threads = $cores", {"cores": usable_cores()})
        # A store never reads or fetches anything by itself: files reach it as columns.
        connection.execute("SET enable_external_access = false")
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET allowed_configs = ['threads', 'memory_limit']")  # `sparing`
        migrate(connection)
        # An import commits every few thousand reports; folding each commit into the file at once
        # took five times as long as writing it, and what is not folded in yet is held in memory
        # (import benchmark).
        connection.execute("SET checkpoint_threshold = '64MB'")
        # Packing texts by the parts they share takes a third of folding in, and makes a file of
        # 1.6 MB a thousand reports one of 0.9. What was packed so before is read as ever.
        connection.execute("SET disabled_compression_methods = 'fsst,dict_fsst'")
        connection.execute("SET lock_configuration = true")
        return cls(connection, path)

    def cursor(self) -> "Store":
        """Return another handle on the same database, for use in another thread."""
        return Store(self._connection.cursor(), self.path, self.gate)

    def close(self) -> None:
        """Close this handle; the last one to close releases the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block, or none of it.

        Raises:
            StoreError: The store cannot be written to, as when the disk is full.
            RowsRefusedError: It does not take a value.
        """
        try:
            self._connection.execute("BEGIN TRANSACTION")
            self._is_in_transaction = True
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            with self.gate.committing():
                self._connection.execute("COMMIT")
        except _CANNOT_WRITE as error:
            raise _write_error(self.path, error) from error
        except _DOES_NOT_FIT as error:  # its own sentence can quote the value
            raise RowsRefusedError("The store does not take a value.") from error
        finally:
            self._is_in_transaction = False

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """Leave cores and memory to the other processes of an import inside the block.

        Several threads that share a batch of some thousand rows take half as much time again, and
        without a limit DuckDB keeps in memory whatever it has written.
        """
        [before] = self.rows_of("SELECT current_setting('memory_limit') AS memory")
        self._connection.execute("SET threads = 1")
        if self.path is not None:  # a store in memory has nowhere else to go
            self._connection.execute("SET memory_limit = $memory", {"memory": _SPARING_MEMORY})
        try:
            yield
            # The other processes have ended; several threads share this work well.
            self._connection.execute("SET threads = $cores", {"cores": usable_cores()})
            with self.gate.committing(), suppress(duckdb.TransactionException):  # somebody writes
                self._connection.execute("CHECKPOINT")  # here, for at the end it has no limit
        except _CANNOT_WRITE as error:
            raise _write_error(self.path, error) from error
        finally:
            with suppress(duckdb.FatalException):  # after which nothing can be set any more
                self._connection.execute("SET memory_limit = $memory", before)
                self._connection.execute("SET threads = $cores", {"cores": usable_cores()})

    def modestly(self, step: Callable[[], Result]) -> Result:
        """Return what a step does, in little memory.

        DuckDB fills whatever it may have: assessing 150,000 referrals took two gigabytes, and takes
        a quarter longer in this. Where it does not suffice the step is done again in all there is,
        so it must do the same when done twice.
        """
        if self.path is None:  # a store in memory has nowhere else to go
            return step()
        [before] = self.rows_of("SELECT current_setting('memory_limit') AS memory")
        try:
            self._connection.execute("SET memory_limit = $memory", {"memory": _MODEST_MEMORY})
            return step()
        except (duckdb.OutOfMemoryException, StoreError) as error:
            if not isinstance(error.__cause__ or error, duckdb.OutOfMemoryException):
                raise
        finally:
            with suppress(duckdb.FatalException):  # after which nothing can be set any more
                self._connection.execute("SET memory_limit = $memory", before)
        return step()

    def rows(self, name: str, params: Params | None = None) -> list[Row]:
        """Run a named statement and return its rows, each as column -> value."""
        return self.rows_of(statement(name), params)

    def row(self, name: str, params: Params | None = None) -> Row | None:
        """Run a named statement and return its first row; None when there is none."""
        found = self.rows(name, params)
        return found[0] if found else None

    def run(self, name: str, params: Params | None = None) -> int:
        """Run a named writing statement and return how many rows it wrote."""
        return self.run_text(statement(name), params)

    def arrow_of(self, text: str) -> pa.Table:
        """Run text compiled from checked parts and return columns, for keys by the million."""
        return self._connection.execute(text).to_arrow_table()

    def batches(self, name: str, params: Params, rows: int) -> Iterator[pa.RecordBatch]:
        """Run a named statement and return its rows as columns, some at a time: never all at once.

        Running another statement on this handle ends the stream; read on a `cursor()`.
        """
        yield from self._connection.execute(statement(name), dict(params)).to_arrow_reader(rows)

    def frame(self, name: str, params: Params | None = None) -> pd.DataFrame:
        """Run a named statement and return a frame, for charts and workbooks."""
        return self._connection.execute(statement(name), dict(params or {})).df()

    def rows_of(self, text: str, params: Params | None = None) -> list[Row]:
        """As `rows`, for text compiled from checked parts (the rulebook).

        What writes and returns rows belongs into a transaction: only there its commit can wait.
        """
        result = self._connection.execute(text, dict(params or {}))
        columns = [column[0] for column in result.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    def run_text(self, text: str, params: Params | None = None) -> int:
        """As `run`, for text compiled from checked parts (the rulebook) instead of a named file."""
        # Outside a transaction a statement commits itself.
        with nullcontext() if self._is_in_transaction else self.gate.committing():
            found = self._connection.execute(text, dict(params or {})).fetchone()
        return int(found[0]) if found and isinstance(found[0], int) else 0

    @contextmanager
    def columns(self, name: str, table: pa.Table) -> Iterator[None]:
        """Make an Arrow table readable as `name` inside the block; this is how bulk moves."""
        self._connection.register(name, table)
        try:
            yield
        finally:
            self._connection.unregister(name)

    def query(self, text: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run one read-only statement that somebody typed.

        Returns:
            Column names and rows.

        Raises:
            QueryRefusedError: It is not one statement, would write, or is not SQL.
        """
        try:
            parsed = self._connection.extract_statements(text)
        except duckdb.Error as error:
            raise QueryRefusedError(str(error), remedy="Correct the SQL.") from error
        reading = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
        if len(parsed) != 1 or parsed[0].type not in reading:
            raise QueryRefusedError(
                "Only one reading statement is allowed here.",
                remedy="Write one SELECT over the views in schema analyst.",
            )
        self._connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            result = self._connection.execute(parsed[0])
            columns = [column[0] for column in result.description or ()]
            return columns, result.fetchall()
        except duckdb.Error as error:
            raise QueryRefusedError(
                str(error),
                remedy="`DESCRIBE analyst.referral` is written `SELECT * FROM "
                "duckdb_columns() WHERE schema_name = 'analyst'` here.",
            ) from error
        finally:
            self._connection.execute("ROLLBACK")


def is_interruption(error: Exception) -> bool:
    """Say whether this is what DuckDB makes of a Ctrl-C in the middle of a statement."""
    said = str(error)
    is_in_columns = isinstance(error, duckdb.Error) and said.startswith("KeyboardInterrupt")
    return said == "Query interrupted" or is_in_columns


def _write_error(path: Path | None, error: duckdb.Error) -> StoreError:
    # DuckDB's own sentence names the file and what the system said, no value of a row.
    reason = str(error).splitlines()[0]
    return StoreError(
        f"The store {path or 'in memory'} cannot be written to: {reason}",
        remedy="Make room on its disk and import again: what was loaded stays, nothing is doubled.",
    )


def usable_cores() -> int:
    """Return on how many cores this process may run; at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _open_error(path: Path | None, error: duckdb.Error) -> StoreError | StoreLockedError:
    # A damaged file's error speaks of a "block".
    if "set lock" in str(error) or "used by another process" in str(error):
        return StoreLockedError(
            f"The store {path} is open in another process.",
            remedy="Close the screens or the other command, or name another --store.",
        )
    return StoreError(
        f"{path} cannot be opened as a store: {error}",
        remedy="Name a store made by `workbench demo` or `workbench import`, or a new path.",
    )


def placeholders(values: Sequence[Any] | None) -> list[Any] | None:
    """Return a list parameter for `x IN $list` filters: None (no filter) when nothing is chosen."""
    return list(values) if values else None
