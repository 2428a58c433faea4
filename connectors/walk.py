"""The one walker: a parsed document and a shape in, rows out, every node visited once.

A document is plain values: dict, list, text, True, False, None. JSON is that already; XML is made
so (`cybertipline_xml/document.py`) with attributes as `@name` and an element's own text as `#text`.
A shape says what each key is; a key no shape names is counted and dropped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from connectors.limits import LONGEST_PLACE, shortened
from connectors.media import SHORTEST_MEDIA, plain_name, without_media
from workbench.model.record import SourceRow, UnreadFields
from workbench.model.tables import NUMBERED, TABLES

SourceValue: TypeAlias = "str | bool | list[SourceValue] | dict[str, SourceValue] | None"
Source: TypeAlias = Mapping[str, SourceValue]

OWN_KEYS: Final = ("#text", "value")  # under which a container holds its own value
DEEPEST: Final = 64  # containers inside an attribute that are still written out
_NOT_STATED: Final = frozenset({"", "n/a"})
_LONGEST_NOT_STATED: Final = 3
_INDEX: Final = re.compile(r"\[\d+\]")
_NOTHING: Final[Mapping[str, Any]] = {}
# table -> the columns in which its rows name the party and the file they belong to
_OWNERS: Final = {
    name: (
        "parent_party_no" if name == "party" else "party_no" if "party_no" in columns else None,
        "file_no" if "file_no" in columns and name != "file_record" else None,
    )
    for name, columns in TABLES.items()
}


@dataclass(slots=True, frozen=True)
class PathStyle:
    """How a format writes places: `a.b[0]` or `/a/b[1]`."""

    separator: str
    first_index: int


class Inside:
    """Where the walk stands: the row that is being filled and what it belongs to.

    A plain class, for one is made for every row.
    """

    __slots__ = ("file_no", "party_no", "prefix", "row")

    def __init__(
        self,
        row: SourceRow,
        party_no: int | None = None,
        file_no: int | None = None,
        prefix: str = "",
    ) -> None:
        self.row = row
        self.party_no = party_no
        self.file_no = file_no
        self.prefix = prefix  # goes before the names of attributes


class Entry(Protocol):
    """What one key of a shape means."""

    def read(self, walk: "Walk", key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Put the value where it belongs; `place` is where in the document it stands."""


class Shape:
    """What a container may hold: key -> column name (the plain case) or entry."""

    __slots__ = ("_folded", "columns", "entries", "meanings", "name", "own_column", "own_key")

    def __init__(self, name: str, entries: dict[str, str | Entry]) -> None:
        self.name = name
        self.fill_with(entries)

    def fill_with(self, entries: dict[str, str | Entry]) -> None:
        """Set the entries; separate from construction because shapes name each other."""
        self.meanings = entries
        self.entries = {key: entry for key, entry in entries.items() if not isinstance(entry, str)}
        self.columns = {key: entry for key, entry in entries.items() if isinstance(entry, str)}
        # Where a bare value goes that stands in place of the container; None: it cannot.
        self.own_key: str | None = next((key for key in OWN_KEYS if key in entries), None)
        self.own_column: str | None = self.columns.get(self.own_key) if self.own_key else None
        self._folded = {_fold(key): entry for key, entry in entries.items()}
        if self.own_key is not None:  # an element <value> for an element's own text, too
            for key in OWN_KEYS:
                self._folded.setdefault(key, entries[self.own_key])

    def find(self, key: str) -> str | Entry | None:
        """Return what a key means, also when it is written in other case, or as an attribute."""
        return self.meanings.get(key) or self._folded.get(_fold(key))


def _fold(key: str) -> str:
    return key.removeprefix("@").lower()


def is_stated(value: object) -> bool:
    """Say whether the source gave a value: not null, not blank, not "N/A"."""
    if isinstance(value, str):
        if len(value) > _LONGEST_NOT_STATED and value[0] > " ":
            return True
        return value.strip().lower() not in _NOT_STATED
    return value is not None


class Walk:
    """One pass over one report."""

    __slots__ = ("rows", "separator", "source_format", "style", "unknown_parts", "unread")

    def __init__(self, source_format: str, style: PathStyle, unread: UnreadFields) -> None:
        self.source_format = source_format
        self.style = style
        self.separator = style.separator
        self.unread = unread
        self.rows: dict[str, list[SourceRow]] = {}
        # Containers that no allow-list names, with their places: another report may stand in one.
        self.unknown_parts: list[tuple[str, SourceValue]] = []

    def report(self, shape: Shape, source: Source, path: str) -> SourceRow:
        """Read a whole report; return its "report" row."""
        row: SourceRow = {"_path": path}
        self.rows["report"] = [row]
        self.fill(shape, source, Inside(row), self.stem(path))
        return row

    def fill(self, shape: Shape, source: Source, inside: Inside, stem: str) -> None:
        """Read one container into its row and into the rows its entries open.

        `stem` is the container's place with the separator that follows it, so that stem + key is
        the place of what the key holds.
        """
        meanings, row = shape.meanings, inside.row
        for key, value in source.items():
            meaning = meanings.get(key)
            if isinstance(meaning, str):
                # The common leaf, kept free of calls: most of a report is this.
                if meaning not in row and (
                    len(value) < SHORTEST_MEDIA
                    if value.__class__ is str
                    else value is None or value is False or value is True
                ):
                    row[meaning] = value
                else:
                    self.put(meaning, key, value, inside, stem + key)
            elif meaning is None:
                self._read_otherwise_written(shape, key, value, inside, stem + key)
            else:
                meaning.read(self, key, value, inside, stem + key)

    def _read_otherwise_written(
        self, shape: Shape, key: str, value: SourceValue, inside: Inside, place: str
    ) -> None:
        entry = shape.find(key)
        if entry is None:
            self.leave(place, value)
        elif isinstance(entry, str):
            self.put(entry, key, value, inside, place)
        else:
            entry.read(self, key, value, inside, place)

    def put(self, column: str, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Write a leaf to its column; a second, different value becomes an attribute."""
        row = inside.row
        if isinstance(value, list):
            for item in value:
                self.put(column, key, item, inside, place)
        elif isinstance(value, dict):
            if (own := self.own_key_of(value, place)) is not None:
                self.put(column, key, value[own], inside, place)
        elif column not in row or (is_stated(value) and not is_stated(row[column])):
            row[column] = self.without_media(value, place)
        elif is_stated(value) and value != row[column]:
            self.attribute(key, value, inside, place)

    def own_key_of(self, source: Source, path: str) -> str | None:
        """Return the key under which `{"value": x}` holds its value; count what stands beside."""
        own = "#text" if "#text" in source else "value" if "value" in source else None
        if own is None or len(source) > 1:
            for key in source:
                if key != own:
                    self.leave(f"{path}{self.separator}{key}", source[key])
        return own

    def open_row(
        self, table: str, inside: Inside, place: str, given: Mapping[str, Any] = _NOTHING
    ) -> SourceRow:
        """Start a row that belongs to the party and file walked in; not yet part of the record."""
        row: SourceRow = {"_path": place, **given}
        of_party, of_file = _OWNERS[table]
        if of_party is not None and inside.party_no is not None:
            row[of_party] = inside.party_no
        if of_file is not None and inside.file_no is not None:
            row[of_file] = inside.file_no
        return row

    def add_row(self, table: str, row: SourceRow) -> None:
        """Make a row part of the record and give it its number."""
        rows = self.rows.get(table)
        if rows is None:
            rows = self.rows[table] = []
        rows.append(row)
        number = NUMBERED.get(table)
        if number is not None:
            row[number] = len(rows)

    def attribute(self, name: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Keep a field that has no column: one row a leaf, nested names joined by a dot."""
        if not is_stated(value):
            self.mention(name, value, inside)
            return
        self._flatten(inside.prefix + plain_name(name.removeprefix("@")), value, inside, place)

    def mention(self, key: str, value: SourceValue, inside: Inside) -> None:
        """Note that a field was written without a value, so that it is not taken for absent."""
        kind = "null" if value is None else "n/a" if str(value).strip() else "empty"
        noted = inside.row.get("_not_stated")
        if noted is None:
            noted = inside.row["_not_stated"] = {}
        noted[inside.prefix + plain_name(key.removeprefix("@"))] = kind

    def _flatten(self, name: str, value: SourceValue, inside: Inside, place: str) -> None:
        is_too_deep = place.count(self.separator) > DEEPEST or len(place) > LONGEST_PLACE
        if is_too_deep and isinstance(value, dict | list):
            self.count_unread(f"{place} (deeper)")
        elif isinstance(value, dict):
            for key, item in value.items():
                bare = plain_name(key)
                inner = name if key in OWN_KEYS else f"{name}.{bare.removeprefix('@')}"
                at = place if key == "#text" else f"{place}{self.separator}{bare}"
                self._flatten(inner, item, inside, at)
        elif isinstance(value, list):
            for index, item in enumerate(value, self.style.first_index):
                self._flatten(name, item, inside, f"{place}[{index}]")
        else:
            row = self.open_row("attribute", inside, place)
            row["name"] = name
            row["value_as_written"] = self.without_media(value, place)
            self.add_row("attribute", row)

    def without_media(self, value: SourceValue, place: str) -> SourceValue:
        """Cut media out of a text and count it: no media byte passes, whatever the field."""
        if not isinstance(value, str) or len(value) < SHORTEST_MEDIA:
            return value
        text, kind = without_media(value)
        if kind:
            self.count_unread(f"{place} ({kind})")
        return text

    def stem(self, place: str) -> str:
        """Return what the places of everything inside a container begin with."""
        return shortened(place) + self.separator if place else place

    def leave(self, place: str, value: SourceValue) -> None:
        """Count a field that no allow-list names, and remember it when it is a container."""
        self.count_unread(place)
        if isinstance(value, dict | list):
            self.unknown_parts.append((place, value))

    def count_unread(self, place: str) -> None:
        """Count a field that no allow-list names, by its place without positions."""
        self.unread.add(self.source_format, _INDEX.sub("", plain_name(place)))
