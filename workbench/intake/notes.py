"""Rows of an import that do not stay in memory: noted some thousand at a time, streamed back."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

import pyarrow as pa

from workbench.store.connection import Params, Store

_NOTED_AT_ONCE: Final = 20_000
_HELD: Final = 2_000


class NotedRows:
    """Rows on their way into the notes, by a named statement that reads them as `staged_row`."""

    def __init__(self, notes: Store, name: str, schema: pa.Schema) -> None:
        self._notes = notes
        self._name = name
        self._schema = schema
        self._rows: list[tuple[Any, ...]] = []

    def add(self, *row: Any) -> None:  # noqa: ANN401 - the schema says what each column takes
        """Take a row; write when there are enough.

        Raises:
            StoreError: Neither memory nor disk suffices.
        """
        self._rows.append(row)
        if len(self._rows) >= _NOTED_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what is waiting."""
        if not self._rows:
            return
        columns = [
            pa.array(column, field.type)
            for column, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
        ]
        staged = pa.table(columns, schema=self._schema)
        with self._notes.transaction(), self._notes.columns("staged_row", staged):
            self._notes.run(self._name)
        self._rows = []


def noted(notes: Store, name: str, params: Params | None = None) -> Iterator[tuple[Any, ...]]:
    """Yield what a named statement returns, a row at a time and never all at once."""
    with closing(notes.cursor()) as cursor:
        for batch in cursor.batches(name, params or {}, _HELD):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
