"""One line of a table to the rows of one report."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from connectors.entries import NEEDED
from connectors.media import SHORTEST_MEDIA, plain_name, without_media
from connectors.tabular.amounts import exact_amount
from connectors.tabular.column_map import ColumnMap, DecimalMark, Target, party_row, place_with_map
from connectors.tabular.times import iso_date, iso_time
from connectors.walk import is_stated
from workbench.model.record import SourceRow, UnreadFields
from workbench.model.tables import NUMBERED, TABLES


class UnknownWordError(ValueError):
    """A cell says a word that the map's `values` does not translate; `header` names the column."""

    def __init__(self, header: str) -> None:
        super().__init__(header)
        self.header = header


class RowBuilder:
    """Gathers the cells of one line; cells of one table and group make one row."""

    def __init__(self, column_map: ColumnMap, place: str, unread: UnreadFields) -> None:
        self._map = column_map
        self._source_format = column_map.source_format
        self._unread = unread
        self._place = place
        self._grouped: dict[tuple[str, str, str, int], SourceRow] = {}
        self._first_target: dict[tuple[str, str, str, int], Target] = {}
        self.rows: dict[str, list[SourceRow]] = {
            "report": [{"_path": place_with_map(place, column_map.id)}]
        }
        self._party_numbers: dict[str, int] = {}
        self._file_numbers: dict[tuple[str, int], int] = {}

    def add(self, target: Target, cell: Any) -> None:  # noqa: ANN401 - text, bool or None
        """Put one cell where the map says.

        Raises:
            UnknownWordError: The map lists the words of this column and this is none of them.
        """
        if target.table == "report":
            value = self._value(target, "" if cell is None else cell)
            held = self.rows["report"][0].get(target.column)
            if not is_stated(held):
                self.rows["report"][0][target.column] = value
            return
        parts = _parts(cell, target.split)
        if target.split and target.kind == "list":  # one row that takes them all
            parts = (parts,) if parts else ()
        for index, part in enumerate(parts):
            key = (target.table, target.party, target.group, index)
            row = self._grouped.setdefault(key, {})
            self._first_target.setdefault(key, target)
            for column, given in target.given.items():
                row.setdefault(column, given)
            row[target.column] = self._value(target, part)
            if target.column == "amount_as_written":
                _add_amount(row, part, self._map.decimal_mark)

    def finish(self) -> dict[str, list[SourceRow]]:
        """Number the rows and tie them to their parties and files; return them by table."""
        in_order = sorted(self._grouped, key=lambda key: _ORDER.get(key[0], len(_ORDER)))
        for key in in_order:
            self._finish_row(key, self._grouped[key])
        return self.rows

    def _value(self, target: Target, cell: Any) -> Any:  # noqa: ANN401 - text or bool
        if isinstance(cell, list):
            return [self._value(target, part) for part in cell]
        if cell.__class__ is not str or not is_stated(cell):
            return cell
        if len(cell) >= SHORTEST_MEDIA:
            cell = self._without_media(target, cell)
        if target.values:
            meant = target.values.get(" ".join(cell.split()).casefold())
            if meant is None:
                raise UnknownWordError(target.header)
            return meant
        if target.kind in {"time", "date"} and _is_number(cell):
            self._unread.add(self._source_format, f"{target.header} (a number where a day belongs)")
        if "E+" in cell and _is_identifier(target) and _SHORTENED.fullmatch(cell.strip()):
            self._unread.add(self._source_format, f"{target.header} (digits lost in a spreadsheet)")
        match target.kind:
            case "time":
                return iso_time(cell, self._map.date_order, self._map.zone)
            case "date":
                return iso_date(cell, self._map.date_order)
            case _:
                return cell

    def _without_media(self, target: Target, cell: str) -> str:
        text, kind = without_media(cell)
        if kind:
            self._unread.add(self._source_format, f"{plain_name(target.header)} ({kind})")
        return text

    def _finish_row(self, key: tuple[str, str, str, int], row: SourceRow) -> None:
        table, party, group, index = key
        needed = NEEDED.get(table)
        if needed not in (None, "*") and not is_stated(row.get(str(needed))):
            self._mention(self._first_target[key].header, row)
            return
        if table == "party":
            self._party(party).update(row)
            return
        if party:
            row["party_no"] = self._party(party)["party_no"]
        if table == "file_record":
            self._file(group, index).update(row)
            return
        if table == "file_hash":
            row["file_no"] = self._file_of_hash(self._first_target[key].file_group, index)
        if table == "text_block":
            row.setdefault("kind", "note")
            row.setdefault("origin", "provider")
            row.setdefault("is_boilerplate", False)
        self._append(table, row)

    def _mention(self, header: str, row: Mapping[str, Any]) -> None:
        """Keep cells whose row does not count, such as a time without its IP address."""
        for column, value in row.items():
            if column in ("kind", "label", "hash_type", "origin", "name"):
                continue
            self._append("attribute", {"name": header, "value_as_written": value})

    def _party(self, role: str) -> SourceRow:
        if role not in self._party_numbers:
            self._append("party", party_row(role))
            self._party_numbers[role] = len(self.rows["party"])
        return self.rows["party"][self._party_numbers[role] - 1]

    def _file(self, group: str, index: int) -> SourceRow:
        key = (group, index)
        if key not in self._file_numbers:
            self._append("file_record", {})
            self._file_numbers[key] = len(self.rows["file_record"])
        return self.rows["file_record"][self._file_numbers[key] - 1]

    def _file_of_hash(self, group: str | None, index: int) -> int:
        """Return the number of the file a hash is of: the n-th of its group, else of them all."""
        known = len(self.rows.get("file_record", ()))
        if group is None and index < known:
            return index + 1
        number: int = self._file(group or "", index)["file_no"]
        return number

    def _append(self, table: str, row: SourceRow) -> None:
        rows = self.rows.setdefault(table, [])
        row["_path"] = self._place
        rows.append(row)
        if table in NUMBERED:
            row[NUMBERED[table]] = len(rows)


# A long number as a spreadsheet program shows it.
_SHORTENED: Final = re.compile(r"\d(?:[.,]\d+)?E\+\d+")
# Parties and files first, because other rows point at them.
_ORDER: Final = {table: place for place, table in enumerate(("party", "file_record", *TABLES))}


def _parts(cell: Any, split: str) -> Sequence[Any]:  # noqa: ANN401 - text, bool or None
    """Return what the cell says: nothing for a blank, its values where it lists several."""
    if cell is None or cell == "" or (cell.__class__ is str and not cell.strip()):
        return ()
    if split and cell.__class__ is str:
        return [part.strip() for part in cell.split(split) if part.strip()]
    return (cell,)


def _add_amount(row: SourceRow, written: object, mark: DecimalMark) -> None:
    amount = exact_amount(written, mark)
    if amount is not None:
        row["amount"] = amount
    elif is_stated(written):
        row.setdefault("_not_stated", {})["amount"] = f"unreadable: {written}"


def _is_identifier(target: Target) -> bool:
    return target.table == "identifier" or target.column == "provider_user_id"


def _is_number(text: str) -> bool:
    """A day shown as 45261 has lost its format, and which day it is depends on the workbook."""
    return text.strip().replace(".", "", 1).isdecimal()
