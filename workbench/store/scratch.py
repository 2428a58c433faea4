"""Notes of one long job that may outgrow memory: a database of its own, gone with the job.

It is SQLite, which sorts any number of rows in a few megabytes: DuckDB needs memory that grows with
them, and gave up on the names of two million files in 64 MB. Its file belongs to nobody else and
has no name, so that nothing of it stays when the job is killed.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final

from workbench.errors import StoreError
from workbench.store.connection import Params, statement

_MEMORY: Final = 16_000  # kilobytes; what does not fit goes to the system's temporary folder
_WRITTEN_AT_ONCE: Final = 2_000


class Notes:
    """Tables that named statements make, fill and list."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, name: str, params: Params | None = None) -> None:
        """Run a named statement."""
        with _said_plainly():
            self._connection.execute(statement(name), dict(params or {}))

    def write(self, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a named statement once for each row, whose values stand in its order."""
        with _said_plainly():
            self._connection.executemany(statement(name), rows)

    def rows(self, name: str, params: Params | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield what a named statement returns, never all at once."""
        with _said_plainly():
            # Not `yield from`: it would close the cursor, which fails once the notes are closed.
            for row in self._connection.execute(statement(name), dict(params or {})):  # noqa: UP028 - see above
                yield row


class NotedRows:
    """Rows on their way into the notes, some thousand at a time."""

    def __init__(self, notes: Notes, name: str) -> None:
        self._notes = notes
        self._name = name
        self._rows: list[tuple[Any, ...]] = []

    def add(self, *row: Any) -> None:  # noqa: ANN401 - the statement says what each value is
        """Take a row; write when there are enough."""
        self._rows.append(row)
        if len(self._rows) >= _WRITTEN_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what is waiting."""
        self._notes.write(self._name, self._rows)
        self._rows = []


@contextmanager
def scratch() -> Iterator[Notes]:
    """Open empty notes for as long as the block lasts; one thread after the other may use them.

    Raises:
        StoreError: The temporary folder has no room for what does not fit into memory.
    """
    # No name: a file that only this connection has, made when it is needed.
    with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as connection:
        connection.execute(f"PRAGMA cache_size = -{_MEMORY}")
        connection.execute("PRAGMA journal_mode = OFF")  # nothing is ever taken back
        connection.execute("BEGIN")  # one transaction, so that no row is one of its own
        yield Notes(connection)


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"The notes of an import cannot be kept in the system's temporary folder: {error}.",
            remedy="Make room in it, or name another by TMPDIR, and import again: what was loaded "
            "stays, nothing is doubled.",
        ) from error
