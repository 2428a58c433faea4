"""Of every value of a version: which file, which place in it."""

from dataclasses import dataclass, fields, is_dataclass

from workbench.desk.copies.row_words import fields_of, shown
from workbench.desk.origins import SourcePosition, SourceRow, SourceRows, ValuePlace
from workbench.model.tables import NUMBERED, TABLES

_ORDER = {table: place for place, table in enumerate(TABLES)}
# What tells rows apart that stand in one place, as the cells of one line do.
_TOLD_BY = frozenset(
    {
        *NUMBERED.values(),
        "kind",
        "label",
        "role",
        "name",
        "hash_type",
        "value_as_written",
        "street",
        "city",
    }
)


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """One value as the source wrote it, and where it stands."""

    column: str
    value: str
    place: ValuePlace


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One row of the version with all its values; `number` is its own where its table numbers."""

    table: str
    number: int | None
    party_no: int | None
    file_no: int | None
    position: SourcePosition
    values: tuple[PlacedValue, ...]


class ValuePlaces:
    """Where the values of one version stand. It is only read, so a copy is itself."""

    def __init__(self, rows: SourceRows) -> None:
        self._rows = rows
        self._at: dict[tuple[str, str | None], list[SourceRow]] = {}
        for row in rows.rows:
            self._at.setdefault((row.table, row.path), []).append(row)
        self._report = next((row for row in rows.rows if row.table == "report"), None)

    def __deepcopy__(self, _: dict[int, object]) -> "ValuePlaces":
        return self

    def of(self, table: str, shown_row: object, column: str) -> ValuePlace | None:
        """Return where a value on the screen stands; None: the source states none there.

        Args:
            table: The row's.
            shown_row: The view that shows it; of the report whatever shows that.
            column: Of the table or of the view, where that is made of one.
        """
        row = self._report if table == "report" else self._find(table, shown_row)
        if row is None or not self._rows.is_stated(row, column):
            return None
        return self._rows.place_of(row, column)

    def _find(self, table: str, shown_row: object) -> SourceRow | None:
        """Return the row that a view shows: of several in one place the one that says the same."""
        found = self._at.get((table, getattr(shown_row, "source_path", None)), [])
        if len(found) < 2 or not is_dataclass(shown_row):  # noqa: PLR2004 - nothing to tell apart
            return found[0] if found else None
        said = {each.name: getattr(shown_row, each.name) for each in fields(shown_row)}
        told_by = _TOLD_BY & said.keys()
        same = (r for r in found if all(r.values.get(name) == said[name] for name in told_by))
        return next(same, found[0])

    def find(self, table: str, column: str, value: str) -> tuple[SourcePosition, ...]:
        """Return where a value stands that the source states in a column; empty: nowhere."""
        found = (r for r in self._rows.rows if r.table == table and r.values.get(column) == value)
        row = next(found, None)
        return self._rows.value_position(row, column) if row is not None else ()

    def row_position(self, path: str) -> SourcePosition:
        """Return the place of a row."""
        return self._rows.position(path)

    def listed(self) -> tuple[PlacedRow, ...]:
        """Return every row with every value that the source states in it, in reading order."""
        listed = (self._listed(row) for row in self._rows.rows)
        return tuple(sorted(listed, key=lambda row: (_ORDER[row.table], row.number or 0)))

    def _listed(self, row: SourceRow) -> PlacedRow:
        written = ((column, shown(row, column)) for column in fields_of(row.table))
        return PlacedRow(
            row.table,
            row.values.get(NUMBERED.get(row.table, "")),
            row.values.get("party_no"),
            row.values.get("file_no"),
            self._rows.position(row.path or ""),
            tuple(
                PlacedValue(column, value, self._rows.place_of(row, column))
                for column, value in written
                if value is not None
            ),
        )
