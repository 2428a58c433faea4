"""Where in the source a version's values stand, and which fields it mentioned without a value."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class SourcePosition:
    """Where in the world's files a value stands: file name and place inside it."""

    file: str
    path: str


@dataclass(frozen=True, slots=True)
class NotStated:
    """A field the source mentioned without a value: empty, null, n/a or `unreadable: ...`."""

    table: str
    column: str
    state: str
    path: str | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of one table as the version has it, with its place in the source file."""

    table: str
    path: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SourceRows:
    """All rows of one version, read from `file`."""

    file: str
    rows: Sequence[SourceRow]

    def positions(
        self, fact_names: Iterable[str], origins: Mapping[str, Sequence[str]]
    ) -> tuple[SourcePosition, ...]:
        """Return where the values behind these facts stand, each place once.

        Args:
            fact_names: The facts that a rule used.
            origins: Fact name -> columns it is made of, as `table.column`.
        """
        columns = {column for name in fact_names for column in origins.get(name, ())}
        paths = {
            row.path: None
            for row in self.rows
            if row.path is not None and any(_has_value(row, column) for column in columns)
        }
        return tuple(self.position(path) for path in paths)

    def position(self, path: str) -> SourcePosition:
        """Return the place; a part read from a file of its own says so as `file#/place`."""
        return position_of(self.file, path)

    def not_stated(self) -> tuple[NotStated, ...]:
        """Return the fields that the source mentioned without giving a value."""
        return tuple(
            NotStated(row.table, column, state, row.path)
            for row in self.rows
            for column, state in sorted((row.values.get("not_stated") or {}).items())
        )


def position_of(file: str, path: str) -> SourcePosition:
    """Return the place of a row of `file`, or of the file that its path names itself."""
    own_file, mark, place = path.rpartition("#/")
    return SourcePosition(own_file, f"/{place}") if mark else SourcePosition(file, path)


def read_source_rows(store: Store, files: Mapping[str, str]) -> dict[str, SourceRows]:
    """Read every row of some versions with its place in the source.

    Args:
        store: Where the versions are.
        files: Version id -> the file it was read from.
    """
    rows: dict[str, list[SourceRow]] = {version_id: [] for version_id in files}
    for row in store.rows("desk/list_source_rows", {"version_ids": list(files)}):
        values = json.loads(row["row_values"])
        rows[row["version_id"]].append(SourceRow(row["table_name"], row["source_path"], values))
    return {version_id: SourceRows(file, rows[version_id]) for version_id, file in files.items()}


def _has_value(row: SourceRow, column: str) -> bool:
    table, _, name = column.partition(".")
    value = row.values.get(name)
    return table == row.table and value is not None and value != []
