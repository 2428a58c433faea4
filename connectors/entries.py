"""What a key of a shape can mean, beyond a plain column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from connectors.walk import MISSING, Entry, Scope, Shape, Walk, is_stated
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
_FALSE_WORDS: Final = frozenset({"false", "0", "no"})


@dataclass(slots=True, frozen=True)
class Descend:
    """A container whose keys belong to the current row."""

    shape: Shape
    prefix: str = ""

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Read the container, or each of a list of them."""
        if value.__class__ is dict:
            inner = replace(scope, prefix=self.prefix) if self.prefix else scope
            walk.fill(self.shape, value, row, inner, walk.child(path, key))
        elif value.__class__ is list:
            for index, item in enumerate(value):
                self.read(walk, walk.nth(key, index), item, row, scope, path)
        elif is_stated(value):
            if self.shape.own_key is not None:
                own = {self.shape.own_key: value}
                walk.fill(self.shape, own, row, scope, walk.child(path, key))
            else:
                walk.attribute(key, value, scope, walk.child(path, key))


@dataclass(slots=True, frozen=True)
class OpenRow:
    """A container, or a list of them, wrapped or bare, each of which opens a row of `table`."""

    table: str
    shape: Shape
    given: Mapping[str, Any]
    wraps: Sequence[str] = ()

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Open a row for each item."""
        self._each(walk, key, value, scope, walk.child(path, key))

    def _each(self, walk: Walk, key: str, value: Any, scope: Scope, place: str) -> None:  # noqa: ANN401
        if value.__class__ is list:
            for index, item in enumerate(value):
                self._each(walk, key, item, scope, walk.nth(place, index))
        elif value.__class__ is dict:
            inner = unwrap(walk, value, self.wraps, place)
            if inner is MISSING:
                self.open(walk, key, value, scope, place)
            else:
                name, wrapped = inner
                self._each(walk, key, wrapped, scope, walk.child(place, name))
        elif is_stated(value) and self.shape.own_key is not None:
            self.open(walk, key, {self.shape.own_key: value}, scope, place)
        elif not self.wraps or is_stated(value):
            walk.attribute(key, value, scope, place)  # written without a value is not absent

    def open(
        self, walk: Walk, key: str, source: Mapping[str, Any], scope: Scope, place: str
    ) -> None:
        """Open one row, or mention the field when what makes the row count is missing."""
        row = walk.open_row(self.table, scope, place)
        needed = NEEDED.get(self.table)
        if needed is None:
            walk.add_row(self.table, row)
        walk.fill(self.shape, source, row, self._inside(row, scope), place)
        for column, value in self.given.items():
            row.setdefault(column, value)
        if needed is None:
            return
        if _counts(row, needed, self.given):
            walk.add_row(self.table, row)
        else:
            walk.attribute(key, dict(source), scope, place)

    def _inside(self, row: SourceRow, scope: Scope) -> Scope:
        if self.table == "party":
            return Scope(party_no=row["party_no"])
        if self.table == "file_record":
            return Scope(file_no=row["file_no"])
        return scope


def _counts(row: SourceRow, needed: str, given: Mapping[str, Any]) -> bool:
    if needed != "*":
        return is_stated(row.get(needed))
    ours = {"_path", "party_no", "file_no", *given}
    return any(is_stated(value) for column, value in row.items() if column not in ours)


def unwrap(
    walk: Walk, source: Mapping[str, Any], wraps: Sequence[str], place: str
) -> Any:  # noqa: ANN401 - (name, value) or MISSING
    """Return the list inside `{"emails": [...]}` with its name; count what stands beside it."""
    for name in wraps:
        if name in source:
            for other in source:
                if other != name:
                    walk.count_unread(place, other)
            return name, source[name]
    return MISSING


@dataclass(slots=True, frozen=True)
class Attribute:
    """A field without a column: a row of `attribute` for each leaf."""

    name: str = ""

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Keep it as written."""
        if self.name:  # a name of ours stands on its own
            scope = replace(scope, prefix="")
        walk.attribute(self.name or key, value, scope, walk.child(path, key))


@dataclass(slots=True, frozen=True)
class Joined:
    """A further part of a column that an earlier key began, such as a second address line."""

    column: str
    separator: str

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Append to what is there."""
        held = row.get(self.column)
        if value.__class__ is str and is_stated(value) and is_stated(held):
            row[self.column] = f"{held}{self.separator}{walk.without_media(value, path, key)}"
        else:
            walk.put(row, self.column, key, value, scope, path)


@dataclass(slots=True, frozen=True)
class Flags:
    """Tags by name: present means yes, and so does an unknown one; one that says no is mentioned."""

    column: str
    is_single: bool = False  # the key itself is the tag

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Collect the names."""
        held = row.setdefault(self.column, [])
        if self.is_single:
            self._one(walk, key, value, held, scope, path)
        elif value.__class__ is dict:
            for name, said in value.items():
                self._one(walk, name, said, held, scope, walk.child(path, key))
        elif value.__class__ is list:
            for item in value:
                self.read(walk, key, item, row, scope, path)
        elif value.__class__ is str and is_stated(value) and value not in held:
            held.append(value)

    def _one(
        self, walk: Walk, name: str, said: Any, held: list[str], scope: Scope, path: str  # noqa: ANN401
    ) -> None:
        bare = name.removeprefix("@")
        text = said.strip().lower() if said.__class__ is str else said
        if text is None or text is False or text == "n/a" or text in _FALSE_WORDS:
            walk.attribute(bare, said, scope, walk.child(path, name))
        elif bare not in held:
            held.append(bare)


@dataclass(slots=True, frozen=True)
class Listed:
    """A column that takes every value, from a text, a list of texts or of `{"value": text}`."""

    column: str

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Append each value."""
        if value.__class__ is list:
            row.setdefault(self.column, [])
            for item in value:
                self.read(walk, key, item, row, scope, path)
        elif value.__class__ is dict:
            own = walk.own_value(value, walk.child(path, key))
            if own is not MISSING:
                self.read(walk, key, own, row, scope, path)
        elif value is None:
            row.setdefault(self.column, None)
        else:
            held = row.get(self.column) or []
            row[self.column] = [*held, walk.without_media(value, path, key)]


@dataclass(slots=True, frozen=True)
class Pairs:
    """Name-and-value pairs: hashes to `file_hash`, everything else to `attribute`."""

    inner: str  # key of the list of pairs

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Read each pair; its type may stand on the list or on the pair (FORMATS 1.13)."""
        place = walk.child(path, key)
        for index, group in enumerate(_as_list(value)):
            at = walk.nth(place, index) if value.__class__ is list else place
            if group.__class__ is not dict:
                walk.attribute(key, group, scope, at)
                continue
            outer = group.get("@type", group.get("type"))
            pairs = group.get(self.inner, MISSING)
            for other in group:
                if other not in ("@type", "type", self.inner) and pairs is not MISSING:
                    walk.count_unread(at, other)
            if pairs is MISSING:
                self._pair(walk, group, outer, scope, at)
                continue
            for pair_index, pair in enumerate(_as_list(pairs)):
                self._pair(walk, pair, outer, scope, walk.nth(walk.child(at, self.inner), pair_index))

    def _pair(self, walk: Walk, pair: Any, outer: Any, scope: Scope, place: str) -> None:  # noqa: ANN401
        if pair.__class__ is not dict or not is_stated(pair.get("name")):
            walk.attribute(self.inner, pair, scope, place)
            return
        kind = pair.get("@type", pair.get("type", outer))
        name = str(pair["name"])
        if kind == "HASH" and is_stated(pair.get("value")):
            row = walk.open_row("file_hash", scope, place)
            row["hash_type"], row["value_as_written"] = name, pair["value"]
            walk.add_row("file_hash", row)
        else:
            label = f"{kind} {name}" if is_stated(kind) else name
            walk.attribute(label, pair.get("value"), scope, place)
        for other in pair:
            if other not in ("name", "value", "type", "@type"):
                walk.count_unread(place, other)


def _as_list(value: Any) -> list[Any]:  # noqa: ANN401 - one or many
    if value is None:
        return []
    return value if value.__class__ is list else [value]


@dataclass(slots=True, frozen=True)
class Case:
    """One way of a route: taken when the type contains one of the words."""

    words: Sequence[str]
    entry: OpenRow | Attribute


@dataclass(slots=True, frozen=True)
class Route:
    """A list whose items say by a type what they are; an unknown type becomes an attribute."""

    by: str
    cases: Sequence[Case]

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Send each item its way."""
        place = walk.child(path, key)
        for index, item in enumerate(_as_list(value)):
            at = walk.nth(place, index) if value.__class__ is list else place
            kind = item.get(self.by) if item.__class__ is dict else None
            name = kind if kind.__class__ is str and is_stated(kind) else key
            entry = self._entry_for(name)
            if isinstance(entry, OpenRow) and item.__class__ is dict:
                entry.open(walk, name, item, scope, at)
            else:
                rest = item
                if item.__class__ is dict and name is kind:
                    rest = {k: v for k, v in item.items() if k != self.by}
                walk.attribute(name, rest, scope, at)

    def _entry_for(self, name: str) -> OpenRow | Attribute | None:
        folded = f" {name.lower().replace('-', ' ').replace('_', ' ')} "
        for case in self.cases:
            if any(word in folded for word in case.words):
                return case.entry
        return None


@dataclass(slots=True, frozen=True)
class LeftOut:
    """A field that is deliberately not read, with the reason."""

    reason: str

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Leave it."""


@dataclass(slots=True, frozen=True)
class Several:
    """One field that fills more than one place."""

    entries: Sequence[Entry]

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Read it into each; only the first notes that nothing was stated."""
        for entry in self.entries if is_stated(value) else self.entries[:1]:
            entry.read(walk, key, value, row, scope, path)


@dataclass(slots=True, frozen=True)
class Column:
    """A plain column, where an entry object is needed (inside `Several`)."""

    column: str

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Write the leaf."""
        walk.put(row, self.column, key, value, scope, path)


@dataclass(slots=True, frozen=True)
class TrueWins:
    """A yes/no said in two places: a yes is not hidden by a no that stands before it."""

    column: str

    def read(
        self, walk: Walk, key: str, value: Any, row: SourceRow, scope: Scope, path: str
    ) -> None:
        """Write the leaf; keep the other as an attribute."""
        says_yes = value is True or (value.__class__ is str and value.strip().lower() in ("true", "1"))
        held = row.get(self.column)
        if says_yes and is_stated(held):
            walk.attribute(key, held, scope, walk.child(path, key))
            row[self.column] = value
        else:
            walk.put(row, self.column, key, value, scope, path)
