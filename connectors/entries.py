"""What a key of a shape can mean, beyond a plain column: containers, rows, tags, lists."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from connectors.media import plain_name
from connectors.walk import OWN_KEYS, Entry, Inside, Shape, Source, SourceValue, Walk, is_stated
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
_NOT_SAID_BY_THE_SOURCE: Final = frozenset({"_path", "_not_stated", "party_no", "file_no"})
# Of a tag: no, or that nobody knows.
_NO_YES: Final = re.compile(
    r"false|0|no?|nei|n/a|n\.a\.?|[-?]+|tbd|none|null|ukjent|unclear|un(known|determined|specified)"
    r"|not (applicable|available|determined|known|specified|stated)"
)
_ROW_KEYS: Final = frozenset({"id", "associationsEntityType"})
_TRUE_WORDS: Final = frozenset({"true", "1", "yes"})


@dataclass(slots=True, frozen=True)
class Descend:
    """A container, or a list of them, whose keys belong to the current row."""

    shape: Shape
    prefix: str = ""
    bare: str = ""  # the key of the shape whose list may stand here without its container

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Read what it holds."""
        if isinstance(value, dict):
            if self.prefix:
                inside = Inside(inside.row, inside.party_no, inside.file_no, self.prefix)
            walk.fill(self.shape, value, inside, place + walk.separator)
        elif isinstance(value, list) and self.bare and not _holds_key(value, self.bare):
            self.shape.entries[self.bare].read(walk, key, value, inside, place)
        elif isinstance(value, list):
            for index, item in enumerate(value, walk.style.first_index):
                self._item(walk, key, item, inside, f"{place}[{index}]")
        else:
            self._item(walk, key, value, inside, place)

    def _item(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        if isinstance(value, dict):
            self.read(walk, key, value, inside, place)
        elif not is_stated(value):
            walk.mention(key, value, inside)
        elif self.shape.own_key is None or isinstance(value, list):
            walk.attribute(key, value, inside, place)
        else:
            self.read(walk, key, {self.shape.own_key: value}, inside, place)


def _holds_key(items: list[SourceValue], key: str) -> bool:
    return any(isinstance(item, dict) and key in item for item in items)


@dataclass(slots=True, frozen=True)
class OpenRow:
    """A container, or a list of them, wrapped or bare, each of which opens a row of `table`."""

    table: str
    shape: Shape
    given: Mapping[str, str | bool]
    wraps: Sequence[str] = ()
    count: str = ""  # column of the row outside that takes the length of the list

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Open a row for each item."""
        if isinstance(value, dict):
            for wrap in self.wraps:
                if wrap in value:
                    stem = place + walk.separator
                    if len(value) > 1:
                        _count_beside(walk, value, wrap, stem)
                    self.read(walk, key, value[wrap], inside, stem + wrap)
                    return
            self.open(walk, key, value, inside, place)
        elif isinstance(value, list):
            if self.count:
                # An empty list says that there are none, which no row could say.
                inside.row[self.count] = str(len(value))
            for index, item in enumerate(value, walk.style.first_index):
                self.read(walk, key, item, inside, f"{place}[{index}]")
        elif value is None:
            walk.mention(key, value, inside)
        else:
            self._bare(walk, key, value, inside, place)

    def _bare(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        if self.shape.own_key is None or not is_stated(value):
            walk.attribute(key, value, inside, place)
        elif self.shape.own_column is not None and self.table in NEEDED:
            # A bare text is a whole row by itself; this spares it the walk.
            row = walk.open_row(self.table, inside, place, self.given)
            row[self.shape.own_column] = walk.without_media(value, place)
            walk.add_row(self.table, row)
        else:
            self.open(walk, key, {self.shape.own_key: value}, inside, place)

    def open(self, walk: Walk, key: str, source: Source, inside: Inside, place: str) -> None:
        """Open one row; keep the fields as attributes when what makes the row count is missing."""
        row = walk.open_row(self.table, inside, place, self.given)
        needed = NEEDED.get(self.table)
        if needed is not None:
            within = Inside(row, inside.party_no, inside.file_no, inside.prefix)
            walk.fill(self.shape, source, within, place + walk.separator)
            if self._counts(row, needed):
                walk.add_row(self.table, row)
            else:
                self._keep_otherwise(walk, key, source, inside, place)
            return
        walk.add_row(self.table, row)
        party_no = row["party_no"] if self.table == "party" else None
        file_no = row["file_no"] if self.table == "file_record" else None
        walk.fill(self.shape, source, Inside(row, party_no, file_no), place + walk.separator)

    def _keep_otherwise(
        self, walk: Walk, key: str, source: Source, inside: Inside, place: str
    ) -> None:
        if any(is_stated(value) for value in source.values()):
            walk.attribute(key, dict(source), inside, place)
        else:
            own = self.shape.own_key
            walk.mention(key, source.get(own) if own else None, inside)

    def _counts(self, row: SourceRow, needed: str) -> bool:
        if needed != "*":
            return is_stated(row.get(needed))
        ours = _NOT_SAID_BY_THE_SOURCE | self.given.keys()
        return any(is_stated(value) for column, value in row.items() if column not in ours)


def _count_beside(walk: Walk, source: Source, wrap: str, stem: str) -> None:
    for key in source.keys() - {wrap}:
        walk.leave(stem + key, source[key])


@dataclass(slots=True, frozen=True)
class Attribute:
    """A field without a column: a row of `attribute` for each leaf."""

    name: str = ""  # ours in place of the source's

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Keep it as written."""
        if self.name:
            inside = Inside(inside.row, inside.party_no, inside.file_no)
        walk.attribute(self.name or key, value, inside, place)


@dataclass(slots=True, frozen=True)
class Column:
    """A plain column, where an entry object is needed (inside `Several`)."""

    column: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Write the leaf."""
        walk.put(self.column, key, value, inside, place)


@dataclass(slots=True, frozen=True)
class Joined:
    """A further part of a column that an earlier key began, such as a second address line."""

    column: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Append to what is there."""
        held = inside.row.get(self.column)
        if isinstance(value, str) and is_stated(value) and is_stated(held):
            part = walk.without_media(value, place)
            inside.row[self.column] = f"{held}, {part}"
        else:
            walk.put(self.column, key, value, inside, place)


@dataclass(slots=True, frozen=True)
class TrueWins:
    """A yes/no said in two places: a yes is not hidden by a no that stands before it."""

    column: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Write the leaf; keep the other as an attribute."""
        held = inside.row.get(self.column)
        if _says_yes(value) and is_stated(held) and not _says_yes(held):
            walk.attribute(key, held, inside, place)
            inside.row[self.column] = value
        else:
            walk.put(self.column, key, value, inside, place)


def _says_yes(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in _TRUE_WORDS)


def _says_no(value: object) -> bool:
    if isinstance(value, str):
        return _NO_YES.fullmatch(value.strip().lower()) is not None
    return value is None or value is False


@dataclass(slots=True, frozen=True)
class Flags:
    """Tags by name: present means yes, an unknown one too; what says anything else is kept."""

    column: str
    is_single: bool = False  # the key itself is the tag

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Collect the names."""
        held: list[str] = inside.row.setdefault(self.column, [])
        stem = walk.stem(place)
        if self.is_single:
            said: Source = {key: value}
            stem = place.removesuffix(key)
        elif isinstance(value, dict):
            said = value
        elif isinstance(value, list):
            for item in value:
                self.read(walk, key, item, inside, place)
            return
        else:
            said = {value: True} if isinstance(value, str) and is_stated(value) else {}
        for name, meant in said.items():
            bare = plain_name(name.removeprefix("@"))
            alone = _tag_alone(walk, bare, meant, inside, stem + name)
            if _says_no(alone):
                walk.attribute(bare, alone, inside, stem + name)
            elif bare not in held:
                held.append(bare)


def _tag_alone(walk: Walk, name: str, meant: SourceValue, inside: Inside, at: str) -> SourceValue:
    """Return what a tag says of itself; keep as an attribute what is written beside it."""
    if not isinstance(meant, dict):
        return meant
    own = next((key for key in OWN_KEYS if key in meant), None)
    rest = {key: value for key, value in meant.items() if key != own and key not in _ROW_KEYS}
    if rest:
        walk.attribute(name, rest, inside, at)
    return True if own is None else meant[own]


@dataclass(slots=True, frozen=True)
class Listed:
    """A column that takes every value, from a text, a list of texts or of `{"value": text}`."""

    column: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Append each value."""
        if isinstance(value, list):
            inside.row.setdefault(self.column, [])
            for item in value:
                self.read(walk, key, item, inside, place)
        elif isinstance(value, dict):
            if (own := walk.own_key_of(value, place)) is not None:
                self.read(walk, key, value[own], inside, place)
        elif value is None:
            inside.row.setdefault(self.column, None)
        else:
            held = inside.row.get(self.column) or []
            cut = walk.without_media(value, place)
            inside.row[self.column] = [*held, cut]


@dataclass(slots=True, frozen=True)
class LeftOut:
    """A field that is deliberately not read, with the reason."""

    reason: str

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Leave it."""


@dataclass(slots=True, frozen=True)
class Several:
    """One field that fills more than one place; only the first notes that nothing was stated."""

    entries: Sequence[Entry]

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Read it into each."""
        for entry in self.entries if is_stated(value) else self.entries[:1]:
            entry.read(walk, key, value, inside, place)
