"""The one walker: a parsed document and a shape in, rows out, every node visited once.

A document is plain values: dict, list, text, True, False, None. JSON is that already; XML is made
so (`cybertipline_xml/document.py`) with attributes as `@name` and an element's own text as `#text`.
A shape says what each key is; a key no shape names is counted and dropped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from workbench.model.record import SourceRow, UnreadFields
from workbench.model.tables import NUMBERED, TABLES

MISSING: Final = object()
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


@dataclass(slots=True, frozen=True)
class Scope:
    """What the rows being read belong to; `prefix` goes before attribute names."""

    party_no: int | None = None
    file_no: int | None = None
    prefix: str = ""


class Entry(Protocol):
    """What one key of a shape means. `path` is the place of the container the key stands in."""

    def read(
        self, walk: "Walk", key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
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
        self.own_key = next((key for key in OWN_KEYS if key in entries), None)
        self._folded = {_fold(key): entry for key, entry in entries.items()}

    def find(self, key: str) -> str | Entry | None:
        """Look again for a key that is written otherwise: other case, element for attribute."""
        return self._folded.get(_fold(key))


def _fold(key: str) -> str:
    return key.removeprefix("@").lower()


def is_stated(value: Any) -> bool:  # noqa: ANN401 - a source value is what the source wrote
    """Say whether the source gave a value: not null, not blank, not "N/A"."""
    if value.__class__ is str:
        return value.strip().lower() not in _NOT_STATED
    return value is not None


class Walk:
    """One pass over one report."""

    __slots__ = ("_numbers", "rows", "source_format", "style", "unread")

    def __init__(self, source_format: str, style: PathStyle, unread: UnreadFields) -> None:
        self.source_format = source_format
        self.style = style
        self.unread = unread
        self.rows: dict[str, list[SourceRow]] = {}
        self._numbers: dict[str, int] = {}

    def report(self, shape: Shape, source: Mapping[str, Any], path: str) -> SourceRow:
        """Read a whole report; return its "report" row."""
        row: SourceRow = {"_path": path}
        self.rows["report"] = [row]
        self.fill(shape, source, row, Scope(), path)
        return row

    def fill(
        self, shape: Shape, source: Mapping[str, Any], row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Read one container into `row` and into the rows its entries open."""
        entries = shape.entries
        for key, value in source.items():
            entry = entries.get(key) or shape.find(key)
            if entry.__class__ is str:
                # The common leaf, kept free of calls: most of a report is this line.
                if value.__class__ is str and entry not in row and "data:" not in value.lower():
                    row[entry] = value  # type: ignore[index]  # str, by the test above
                else:
                    self.put(row, entry, key, value, scope, path)  # type: ignore[arg-type]  # as above
            elif entry is None:
                self.count_unread(path, key)
            else:
                entry.read(self, key, value, row, scope, path)  # type: ignore[union-attr]  # not str

    def put(
        self, row: SourceRow, column: str, key: str, value: Any, scope: Scope, path: str
    ) -> None:
        """Write a leaf to its column; a second, different value becomes an attribute."""
        if value.__class__ is list:
            for item in value:
                self.put(row, column, key, item, scope, path)
        elif value.__class__ is dict:
            own = self.own_value(value, self.child(path, key))
            if own is not MISSING:
                self.put(row, column, key, own, scope, path)
        else:
            held = row.get(column, MISSING)
            if held is MISSING or (is_stated(value) and not is_stated(held)):
                row[column] = self.without_media(value, path, key)
            elif is_stated(value) and value != held:
                self.attribute(key, value, scope, self.child(path, key))

    def own_value(self, source: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - source value
        """Return what `{"value": x}` says; count what else stands in it."""
        found: Any = MISSING
        for key, value in source.items():
            if key in OWN_KEYS and found is MISSING:
                found = value
            else:
                self.count_unread(path, key)
        return found

    def open_row(self, table: str, scope: Scope, path: str) -> SourceRow:
        """Start a row that belongs to the party and file of `scope`; not yet part of the record."""
        row: SourceRow = {"_path": path}
        if scope.party_no is not None and table in _HAS_PARTY:
            row["parent_party_no" if table == "party" else "party_no"] = scope.party_no
        if scope.file_no is not None and table in _HAS_FILE and table != "file_record":
            row["file_no"] = scope.file_no
        return row

    def add_row(self, table: str, row: SourceRow) -> None:
        """Make a row part of the record and give it its number."""
        rows = self.rows.setdefault(table, [])
        rows.append(row)
        number = NUMBERED.get(table)
        if number is not None:
            row[number] = len(rows)

    def attribute(self, name: str, value: Any, scope: Scope, place: str) -> None:  # noqa: ANN401
        """Keep a field that has no column: one row a leaf, nested names joined by a dot."""
        self._flatten(scope.prefix + name.removeprefix("@"), value, scope, place)

    def _flatten(
        self, name: str, value: Any, scope: Scope, place: str, depth: int = 0  # noqa: ANN401
    ) -> None:
        if depth > DEEPEST:
            self.count_unread(place, "...")
        elif value.__class__ is dict:
            for key, item in value.items():
                own = key in OWN_KEYS
                inner = name if own else f"{name}.{key.removeprefix('@')}"
                self._flatten(inner, item, scope, self.child(place, key), depth + 1)
        elif value.__class__ is list:
            for index, item in enumerate(value):
                self._flatten(name, item, scope, self.nth(place, index), depth + 1)
        else:
            row = self.open_row("attribute", scope, place)
            row["name"] = name
            row["value_as_written"] = self.without_media(value, place, "")
            self.add_row("attribute", row)

    def without_media(self, value: Any, path: str, key: str) -> Any:  # noqa: ANN401 - source value
        """Cut data URIs out of a text and count them: no media byte passes, whatever the field."""
        if value.__class__ is not str or "data:" not in value.lower():
            return value
        cut, count = _DATA_URI.subn("[data URI left out]", value)
        if count:
            self.count_unread(self.child(path, key) if key else path, "(data URI)")
        return cut

    def child(self, path: str, key: str) -> str:
        """Return the place of `key` inside the container at `path`."""
        if key == "#text":
            return path
        separator = self.style.separator
        return f"{path}{separator}{key}" if path or separator == "/" else key

    def nth(self, path: str, index: int) -> str:
        """Return the place of the item at `index`, counted from 0, of the list at `path`."""
        return f"{path}[{index + self.style.first_index}]"

    def count_unread(self, path: str, key: str) -> None:
        """Count a field that no allow-list names, by its path without positions."""
        self.unread.add(self.source_format, _INDEX.sub("", self.child(path, key)))
