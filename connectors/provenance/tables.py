"""Where the values of a row of a table stand: its line, and the column by the map's header."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from connectors.provenance.fields import fits
from connectors.tabular.column_map import ColumnMap, Target, part_place, party_row
from workbench.model.provenance import PlacesOf, StoredRow, stated_column
from workbench.model.tables import TABLES

# What a map gives to a row, or we number: no cell of its own.
_NOT_A_CELL: Final = frozenset(
    {
        "party_no",
        "parent_party_no",
        "file_no",
        "ip_event_no",
        "text_no",
        "transaction_no",
        "role",
        "account_type",
        "kind",
        "label",
        "origin",
        "is_boilerplate",
        "hash_type",
        "name",
    }
)
# Rows that several lines of one referral fill together.
_OF_ALL_LINES: Final = frozenset({"report", "party"})


def places_in_table(
    maps: Sequence[ColumnMap], source_format: str, rows: Sequence[StoredRow]
) -> PlacesOf:
    """Return what finds the values of one version that stood in a table.

    Where nobody noted which map read it, a map is ruled out if the version says something that the
    map has no column for; those that are left are all named.
    """
    table = _Table(rows)
    possible = [
        each for each in maps if each.source_format == source_format and table.may_be_of(each)
    ]

    def places_of(row: StoredRow, column: str) -> tuple[str, ...]:
        stated = stated_column(row.table, column, TABLES[row.table])
        if stated in _NOT_A_CELL:
            return (line_of(row),)
        places = (
            f'{line}, "{target.header}"'
            for column_map in possible
            for target in table.targets(column_map, row, stated)
            for line in table.lines(column_map, row)
        )
        return tuple(dict.fromkeys(places))

    return places_of


class _Table:
    """The rows of one version, and what maps would have made of them."""

    def __init__(self, rows: Sequence[StoredRow]) -> None:
        self._rows = rows
        self._parties = {
            row.values.get("party_no"): row.values for row in rows if row.table == "party"
        }
        self._lines = list(dict.fromkeys(line_of(row) for row in rows if row.path))
        noted = (part_place(row.path or "")[1] for row in rows if row.table == "report")
        self._map_id = next(noted, "")

    def may_be_of(self, column_map: ColumnMap) -> bool:
        """Say whether a map is the one that was noted, or else can have read every value."""
        return self._map_id == column_map.id if self._map_id else self._fits(column_map)

    def _fits(self, column_map: ColumnMap) -> bool:
        report = next((row.values for row in self._rows if row.table == "report"), {})
        if column_map.has_number != (report.get("report_number") is not None):
            return False
        if report.get("source_system", column_map.source_system) != column_map.source_system:
            return False
        return all(
            any(True for _ in self.targets(column_map, row, column))
            for row in self._rows
            for column in _cells_of(row)
        )

    def targets(self, column_map: ColumnMap, row: StoredRow, column: str) -> Iterator[Target]:
        """Yield the columns of a map that can have filled a column of a row."""
        if row.table == "attribute":
            yield from self._of_attribute(column_map, str(row.values.get("name")))
            return
        for target in column_map.targets.values():
            is_it = target.table == row.table and target.column == column
            if is_it and fits(target.given, row.values) and self._is_party(target, row):
                yield target

    def _of_attribute(self, column_map: ColumnMap, name: str) -> Iterator[Target]:
        """A further value of a column is kept by the column's name, any other by its header."""
        for target in column_map.targets.values():
            if name in (target.given.get("name"), target.header, target.column):
                yield target

    def _is_party(self, target: Target, row: StoredRow) -> bool:
        if not target.party:
            return True
        party = (
            row.values if row.table == "party" else self._parties.get(row.values.get("party_no"))
        )
        return party is not None and fits(party_row(target.party), party)

    def lines(self, column_map: ColumnMap, row: StoredRow) -> Sequence[str]:
        """Return the lines whose cell it can be: a later line fills what the first left blank."""
        own = line_of(row)
        if column_map.one_referral and row.table in _OF_ALL_LINES:
            return [own, *(line for line in self._lines if line != own)]
        return [own]


def line_of(row: StoredRow) -> str:
    """Return the line of a table that a row stands in."""
    return part_place(row.path or "")[0] if row.table == "report" else row.path or ""


def _cells_of(row: StoredRow) -> Iterator[str]:
    for column in TABLES[row.table]:
        value: Any = row.values.get(column)
        if column not in _NOT_A_CELL and column != "amount" and value not in (None, []):
            yield column
