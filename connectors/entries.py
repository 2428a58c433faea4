"""What a key of a shape can mean, beyond a plain column: containers, rows, tags, lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from connectors.walk import Entry, Inside, Shape, Source, SourceValue, Walk, is_stated
from workbench.model.record import SourceRow

# A row of these tables says something only when this column does; "*" is any column at all.
# Without it the row would count as an identifier or an IP event that nobody gave.
NEEDED: Final[Mapping[str, str]] = {
    "identifier": "value_as_written",
    "ip_event": "ip_address_as_written",
    "file_hash": "value_as_written",
    "prior_report": "prior_report_number",
    "text_block": "content",
    "address": "*",
}
_NOT_SAID_BY_THE_SOURCE: Final = frozenset({"_path", "party_no", "file_no"})
_FALSE_WORDS: Final = frozenset({"false", "0", "no", "n/a"})
_TRUE_WORDS: Final = frozenset({"true", "1", "yes"})


@dataclass(slots=True, frozen=True)
class Descend:
    """A container, or a list of them, whose keys belong to the current row."""

    shape: Shape
    prefix: str = ""

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Read what it holds."""
        self._each(walk, key, value, inside, walk.child(inside.path, key))

    def _each(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        if isinstance(value, dict):
            walk.fill(self.shape, value, self._inner(inside, place))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self._each(walk, key, item, inside, walk.nth(place, index))
        elif is_stated(value):
            if self.shape.own_key is None:
                walk.attribute(key, value, inside, place)
            else:
                walk.fill(self.shape, {self.shape.own_key: value}, self._inner(inside, place))

    def _inner(self, inside: Inside, place: str) -> Inside:
        return Inside(
            inside.row,
            place,
            party_no=inside.party_no,
            file_no=inside.file_no,
            prefix=self.prefix or inside.prefix,
        )


@dataclass(slots=True, frozen=True)
class OpenRow:
    """A container, or a list of them, wrapped or bare, each of which opens a row of `table`."""

    table: str
    shape: Shape
    given: Mapping[str, str | bool]
    wraps: Sequence[str] = ()

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Open a row for each item."""
        self._each(walk, key, value, inside, walk.child(inside.path, key))

    def _each(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        if isinstance(value, list):
            for index, item in enumerate(value):
                self._each(walk, key, item, inside, walk.nth(place, index))
        elif isinstance(value, dict):
            wrap = next((name for name in self.wraps if name in value), None)
            if wrap is None:
                self.open(walk, key, value, inside, place)
                return
            for other in value:
                if other != wrap:
                    walk.count_unread(place, other)
            self._each(walk, key, value[wrap], inside, walk.child(place, wrap))
        elif is_stated(value) and self.shape.own_key is not None:
            self.open(walk, key, {self.shape.own_key: value}, inside, place)
        elif not self.wraps or is_stated(value):
            # Written without a value is not absent. A list that is null says nothing of its items.
            walk.attribute(key, value, inside, place)

    def open(self, walk: Walk, key: str, source: Source, inside: Inside, place: str) -> None:
        """Open one row; keep the fields as attributes when what makes the row count is missing."""
        row = walk.open_row(self.table, inside, place)
        needed = NEEDED.get(self.table)
        if needed is None:
            walk.add_row(self.table, row)
        walk.fill(self.shape, source, self._inner(row, inside, place))
        for column, value in self.given.items():
            row.setdefault(column, value)
        if needed is None:
            return
        if self._counts(row, needed):
            walk.add_row(self.table, row)
        else:
            walk.attribute(key, dict(source), inside, place)

    def _inner(self, row: SourceRow, inside: Inside, place: str) -> Inside:
        if self.table == "party":
            return Inside(row, place, party_no=row["party_no"])
        if self.table == "file_record":
            return Inside(row, place, file_no=row["file_no"])
        return Inside(
            row, place, party_no=inside.party_no, file_no=inside.file_no, prefix=inside.prefix
        )

    def _counts(self, row: SourceRow, needed: str) -> bool:
        if needed != "*":
            return is_stated(row.get(needed))
        ours = _NOT_SAID_BY_THE_SOURCE | self.given.keys()
        return any(is_stated(value) for column, value in row.items() if column not in ours)


@dataclass(slots=True, frozen=True)
class Attribute:
    """A field without a column: a row of `attribute` for each leaf."""

    name: str = ""  # ours in place of the source's

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Keep it as written."""
        place = walk.child(inside.path, key)
        if self.name:
            inside = Inside(
                inside.row, inside.path, party_no=inside.party_no, file_no=inside.file_no
            )
        walk.attribute(self.name or key, value, inside, place)


@dataclass(slots=True, frozen=True)
class Column:
    """A plain column, where an entry object is needed (inside `Several`)."""

    column: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Write the leaf."""
        walk.put(self.column, key, value, inside)


@dataclass(slots=True, frozen=True)
class Joined:
    """A further part of a column that an earlier key began, such as a second address line."""

    column: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Append to what is there."""
        held = inside.row.get(self.column)
        if isinstance(value, str) and is_stated(value) and is_stated(held):
            part = walk.without_media(value, walk.child(inside.path, key))
            inside.row[self.column] = f"{held}, {part}"
        else:
            walk.put(self.column, key, value, inside)


@dataclass(slots=True, frozen=True)
class TrueWins:
    """A yes/no said in two places: a yes is not hidden by a no that stands before it."""

    column: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Write the leaf; keep the other as an attribute."""
        held = inside.row.get(self.column)
        if _says_yes(value) and is_stated(held) and not _says_yes(held):
            walk.attribute(key, held, inside, walk.child(inside.path, key))
            inside.row[self.column] = value
        else:
            walk.put(self.column, key, value, inside)


def _says_yes(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in _TRUE_WORDS)


def _says_no(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().lower() in _FALSE_WORDS
    return value is None or value is False


@dataclass(slots=True, frozen=True)
class Flags:
    """Tags by name: present means yes, an unknown one too; one that says no is an attribute."""

    column: str
    is_single: bool = False  # the key itself is the tag

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Collect the names."""
        held: list[str] = inside.row.setdefault(self.column, [])
        place = walk.child(inside.path, key)
        if self.is_single:
            said: Source = {key: value}
            place = inside.path
        elif isinstance(value, dict):
            said = value
        elif isinstance(value, list):
            for item in value:
                self.read(walk, key, item, inside)
            return
        else:
            said = {value: True} if isinstance(value, str) and is_stated(value) else {}
        for name, meant in said.items():
            bare = name.removeprefix("@")
            if _says_no(meant):
                walk.attribute(bare, meant, inside, walk.child(place, name))
            elif bare not in held:
                held.append(bare)


@dataclass(slots=True, frozen=True)
class Listed:
    """A column that takes every value, from a text, a list of texts or of `{"value": text}`."""

    column: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Append each value."""
        if isinstance(value, list):
            inside.row.setdefault(self.column, [])
            for item in value:
                self.read(walk, key, item, inside)
        elif isinstance(value, dict):
            if (own := walk.own_key_of(value, walk.child(inside.path, key))) is not None:
                self.read(walk, key, value[own], inside)
        elif value is None:
            inside.row.setdefault(self.column, None)
        else:
            held = inside.row.get(self.column) or []
            cut = walk.without_media(value, walk.child(inside.path, key))
            inside.row[self.column] = [*held, cut]


@dataclass(slots=True, frozen=True)
class LeftOut:
    """A field that is deliberately not read, with the reason."""

    reason: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Leave it."""


@dataclass(slots=True, frozen=True)
class Several:
    """One field that fills more than one place; only the first notes that nothing was stated."""

    entries: Sequence[Entry]

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside) -> None:
        """Read it into each."""
        for entry in self.entries if is_stated(value) else self.entries[:1]:
            entry.read(walk, key, value, inside)
