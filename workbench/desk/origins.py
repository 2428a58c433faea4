"""Where in the source a version's values stand, and which fields it mentioned without a value."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.model.provenance import FindPlaces, PlacesOf, stated_column
from workbench.model.tables import TABLES
from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class SourcePosition:
    """Where in the world's files a value stands: file name and place inside it."""

    file: str
    path: str


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """Where one value stands.

    `how` is exact, one_of (several fields can have filled it, and nothing stored tells which) or
    row (only its row's place is known).
    """

    how: str
    positions: tuple[SourcePosition, ...]


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
    """All rows of one version, read from `file`; `places_of` None: only rows' places are known."""

    file: str
    rows: Sequence[SourceRow]
    places_of: PlacesOf | None = None
    # Column -> the rows that state it, by their turn, and where; every finding asks for the same.
    _stating: dict[str, list[tuple[int, tuple[SourcePosition, ...]]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def positions(
        self, fact_names: Iterable[str], origins: Mapping[str, Sequence[str]]
    ) -> tuple[SourcePosition, ...]:
        """Return where the values behind these facts stand, each place once.

        Args:
            fact_names: The facts that a rule used.
            origins: Fact name -> columns it is made of, as `table.column`.
        """
        columns = sorted({column for name in fact_names for column in origins.get(name, ())})
        stated = sorted(
            (turn, column, positions)
            for column in columns
            for turn, positions in self._rows_stating(column)
        )
        return tuple(dict.fromkeys(position for *_, found in stated for position in found))

    def _rows_stating(self, column: str) -> list[tuple[int, tuple[SourcePosition, ...]]]:
        if column not in self._stating:
            self._stating[column] = [
                (turn, self.value_position(row, column.partition(".")[2]))
                for turn, row in enumerate(self.rows)
                if row.path is not None and _has_value(row, column)
            ]
        return self._stating[column]

    def value_position(self, row: SourceRow, column: str) -> tuple[SourcePosition, ...]:
        """Return where a value stands if that is certain, else where its row does."""
        place = self.place_of(row, column)
        if place.how == "one_of":
            return (self.position(row.path or ""),)
        return place.positions

    def place_of(self, row: SourceRow, column: str) -> ValuePlace:
        """Return where a value of a row stands; a column that we make has the place of its own."""
        places = self.places_of(row, column) if self.places_of else ()
        how = {0: "row", 1: "exact"}.get(len(places), "one_of")
        return ValuePlace(how, tuple(self.position(at) for at in places or (row.path or "",)))

    def is_stated(self, row: SourceRow, column: str) -> bool:
        """Say whether the source gives a value that a column holds or is made of."""
        stated = stated_column(row.table, column, TABLES[row.table])
        return _has_value(row, f"{row.table}.{stated}") or _has_value(
            row, f"{row.table}.{stated}_as_written"
        )

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


def read_source_rows(
    store: Store,
    files: Mapping[str, str],
    formats: Mapping[str, str] | None = None,
    find_places: FindPlaces | None = None,
) -> dict[str, SourceRows]:
    """Read every row of some versions with its place in the source.

    Args:
        store: Where the versions are.
        files: Version id -> the file it was read from.
        formats: Version id -> its format; for `find_places`.
        find_places: Finds the fields that values stand in; None: rows' places are enough.
    """
    rows: dict[str, list[SourceRow]] = {version_id: [] for version_id in files}
    for row in store.rows("desk/list_source_rows", {"version_ids": list(files)}):
        values = json.loads(row["row_values"])
        rows[row["version_id"]].append(SourceRow(row["table_name"], row["source_path"], values))
    found = formats or {}
    return {
        version_id: SourceRows(
            file,
            rows[version_id],
            find_places(found[version_id], rows[version_id]) if find_places else None,
        )
        for version_id, file in files.items()
    }


def _has_value(row: SourceRow, column: str) -> bool:
    table, _, name = column.partition(".")
    value = row.values.get(name)
    return table == row.table and value is not None and value != []
