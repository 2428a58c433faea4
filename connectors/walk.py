"""The one walker: a parsed document and a shape in, rows out, every node visited once.

A document is plain values: dict, list, text, True, False, None. JSON is that already; XML is made
so (`cybertipline_xml/document.py`) with attributes as `@name` and an element's own text as `#text`.
A shape says what each key is; a key no shape names is counted and dropped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from workbench.model.record import SourceRow, UnreadFields
from workbench.model.tables import NUMBERED, TABLES

SourceValue: TypeAlias = "str | bool | list[SourceValue] | dict[str, SourceValue] | None"
Source: TypeAlias = Mapping[str, SourceValue]

OWN_KEYS: Final = ("#text", "value")  # under which a container holds its own value
DEEPEST: Final = 64  # containers inside an attribute that are still written out
_NOT_STATED: Final = frozenset({"", "n/a"})
_DATA_URI: Final = re.compile(
    r"data:(?:[\w.+-]+/[\w.+-]+(?:;[^\s,;]*)*|(?:;[^\s,;]*)*;base64),[^\s\"'<>]*", re.IGNORECASE
)
_INDEX: Final = re.compile(r"\[\d+\]")
_HAS_PARTY: Final = frozenset(name for name, columns in TABLES.items() if "party_no" in columns)
_HAS_FILE: Final = frozenset(name for name, columns in TABLES.items() if "file_no" in columns)


@dataclass(slots=True, frozen=True)
class PathStyle:
    """How a format writes places: `a.b[0]` or `/a/b[1]`."""

    separator: str
    first_index: int


class Inside:
    """Where the walk stands: the container being read, the row it fills, what that belongs to.

    A plain class because one is made for every container of every report.
    """

    __slots__ = ("file_no", "party_no", "path", "prefix", "row")

    def __init__(
        self,
        row: SourceRow,
        path: str,
        *,
        party_no: int | None = None,
        file_no: int | None = None,
        prefix: str = "",
    ) -> None:
        self.row = row
        self.path = path
        self.party_no = party_no
        self.file_no = file_no
        self.prefix = prefix  # goes before the names of attributes


class Entry(Protocol):
    """What one key of a shape means."""

    def read(self, walk: "Walk", key: str, value: SourceValue, inside: Inside) -> None:
        """Put the value where it belongs."""


class Shape:
    """What a container may hold: key -> column name (the plain case) or entry."""

    __slots__ = ("_folded", "entries", "name", "own_key")

    def __init__(self, name: str, entries: dict[str, str | Entry]) -> None:
        self.name = name
        self.fill_with(entries)

    def fill_with(self, entries: dict[str, str | Entry]) -> None:
        """Set the entries; separate from construction because shapes name each other."""
        self.entries = entries
        # Where a bare value goes that stands in place of the container; None: it cannot.
        self.own_key: str | None = next((key for key in OWN_KEYS if key in entries), None)
        self._folded = {_fold(key): entry for key, entry in entries.items()}

    def find(self, key: str) -> str | Entry | None:
        """Return what a key means, also when it is written in other case, or as an attribute."""
        return self.entries.get(key) or self._folded.get(_fold(key))


def _fold(key: str) -> str:
    return key.removeprefix("@").lower()


def is_stated(value: object) -> bool:
    """Say whether the source gave a value: not null, not blank, not "N/A"."""
    if isinstance(value, str):
        return value.strip().lower() not in _NOT_STATED
    return value is not None


class Walk:
    """One pass over one report."""

    __slots__ = ("rows", "source_format", "style", "unread")

    def __init__(self, source_format: str, style: PathStyle, unread: UnreadFields) -> None:
        self.source_format = source_format
        self.style = style
        self.unread = unread
        self.rows: dict[str, list[SourceRow]] = {}

    def report(self, shape: Shape, source: Source, path: str) -> SourceRow:
        """Read a whole report; return its "report" row."""
        row: SourceRow = {"_path": path}
        self.rows["report"] = [row]
        self.fill(shape, source, Inside(row, path))
        return row

    def fill(self, shape: Shape, source: Source, inside: Inside) -> None:
        """Read one container into its row and into the rows its entries open."""
        entries, row = shape.entries, inside.row
        for key, value in source.items():
            entry = entries.get(key) or shape.find(key)
            if isinstance(entry, str):
                # The common leaf, kept free of calls: most of a report is this line.
                if isinstance(value, str) and entry not in row and "data:" not in value.lower():
                    row[entry] = value
                else:
                    self.put(entry, key, value, inside)
            elif entry is None:
                self.count_unread(inside.path, key)
            else:
                entry.read(self, key, value, inside)

    def put(self, column: str, key: str, value: SourceValue, inside: Inside) -> None:
        """Write a leaf to its column; a second, different value becomes an attribute."""
        if isinstance(value, list):
            for item in value:
                self.put(column, key, item, inside)
        elif isinstance(value, dict):
            if (own := self.own_key_of(value, self.child(inside.path, key))) is not None:
                self.put(column, key, value[own], inside)
        elif column not in inside.row or (is_stated(value) and not is_stated(inside.row[column])):
            inside.row[column] = self.without_media(value, self.child(inside.path, key))
        elif is_stated(value) and value != inside.row[column]:
            self.attribute(key, value, inside, self.child(inside.path, key))

    def own_key_of(self, source: Source, path: str) -> str | None:
        """Return the key under which `{"value": x}` holds its value; count what stands beside."""
        own = next((key for key in OWN_KEYS if key in source), None)
        for key in source:
            if key != own:
                self.count_unread(path, key)
        return own

    def open_row(self, table: str, inside: Inside, path: str) -> SourceRow:
        """Start a row that belongs to the party and file walked in; not yet part of the record."""
        row: SourceRow = {"_path": path}
        if inside.party_no is not None and table in _HAS_PARTY:
            row["parent_party_no" if table == "party" else "party_no"] = inside.party_no
        if inside.file_no is not None and table in _HAS_FILE and table != "file_record":
            row["file_no"] = inside.file_no
        return row

    def add_row(self, table: str, row: SourceRow) -> None:
        """Make a row part of the record and give it its number."""
        rows = self.rows.setdefault(table, [])
        rows.append(row)
        number = NUMBERED.get(table)
        if number is not None:
            row[number] = len(rows)

    def attribute(self, name: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Keep a field that has no column: one row a leaf, nested names joined by a dot."""
        self._flatten(inside.prefix + name.removeprefix("@"), value, inside, place)

    def _flatten(self, name: str, value: SourceValue, inside: Inside, place: str) -> None:
        if place.count(self.style.separator) > DEEPEST:
            self.count_unread(place, "...")
        elif isinstance(value, dict):
            for key, item in value.items():
                inner = name if key in OWN_KEYS else f"{name}.{key.removeprefix('@')}"
                self._flatten(inner, item, inside, self.child(place, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self._flatten(name, item, inside, self.nth(place, index))
        else:
            row = self.open_row("attribute", inside, place)
            row["name"] = name
            row["value_as_written"] = self.without_media(value, place)
            self.add_row("attribute", row)

    def without_media(self, value: SourceValue, place: str) -> SourceValue:
        """Cut data URIs out of a text and count them: no media byte passes, whatever the field."""
        if not isinstance(value, str) or "data:" not in value.lower():
            return value
        cut, count = _DATA_URI.subn("[data URI left out]", value)
        if count:
            self.count_unread(place, "(data URI)")
        return cut

    def child(self, path: str, key: str) -> str:
        """Return the place of `key` inside the container at `path`."""
        if key == "#text":
            return path
        return f"{path}{self.style.separator}{key}" if path else key

    def nth(self, path: str, index: int) -> str:
        """Return the place of the item at `index`, counted from 0, of the list at `path`."""
        return f"{path}[{index + self.style.first_index}]"

    def count_unread(self, path: str, key: str) -> None:
        """Count a field that no allow-list names, by its path without positions."""
        place = f"{path}{self.style.separator}{key}" if path else key
        self.unread.add(self.source_format, _INDEX.sub("", place))
