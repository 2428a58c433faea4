"""Lists whose items say by a type what they are: captures, name-and-value pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from connectors.entries import Attribute, OpenRow, Several
from connectors.media import plain_name
from connectors.walk import Entry, Inside, SourceValue, Walk, is_stated

_TYPES_REMEMBERED: Final = 256


@dataclass(slots=True, frozen=True)
class Case:
    """One way of a route: taken when the type contains one of the words."""

    words: Sequence[str]
    entry: OpenRow | Attribute


class Route:
    """Sends each item to the row its type asks for; an unknown type becomes an attribute."""

    __slots__ = ("_by", "_entry_for", "cases")

    def __init__(self, by: str, cases: Sequence[Case]) -> None:
        self._by = by
        self.cases = cases
        # Sources use a handful of types; the limit is for one that would make them up.
        self._entry_for = lru_cache(_TYPES_REMEMBERED)(self._search)

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Send each item its way."""
        if value is None:
            walk.mention(key, value, inside)
        for item, at in _items(walk, value, place):
            kind = item.get(self._by) if isinstance(item, dict) else None
            name = kind if isinstance(kind, str) and is_stated(kind) else key
            entry = self._entry_for(name)
            if isinstance(entry, OpenRow) and isinstance(item, dict):
                entry.open(walk, name, item, inside, at)
            elif isinstance(item, dict) and name is kind:
                rest = {inner: said for inner, said in item.items() if inner != self._by}
                walk.attribute(name, rest, inside, at)
            else:
                walk.attribute(name, item, inside, at)

    def _search(self, name: str) -> OpenRow | Attribute | None:
        folded = f" {name.lower().replace('-', ' ').replace('_', ' ')} "
        for case in self.cases:
            if any(word in folded for word in case.words):
                return case.entry
        return None


@dataclass(slots=True, frozen=True)
class Pairs:
    """Name-and-value pairs: hashes to `file_hash`, everything else to `attribute`.

    Their type, EXIF or HASH, may stand on the list or on the pair (FORMATS 1.13).
    """

    inner: str  # key of the list of pairs

    def read(self, walk: Walk, key: str, value: SourceValue, inside: Inside, place: str) -> None:
        """Read each pair."""
        if value is None:
            walk.mention(key, value, inside)
        for group, at in _items(walk, value, place):
            if not isinstance(group, dict):
                walk.attribute(key, group, inside, at)
                continue
            if self.inner not in group:
                self._pair(walk, group, None, inside, at)
                continue
            kind = _type_of(group)
            for other in group:
                if other not in {"@type", "type", self.inner}:
                    walk.count_unread(walk.stem(at) + other)
            for pair, its_place in _items(walk, group[self.inner], walk.stem(at) + self.inner):
                self._pair(walk, pair, kind, inside, its_place)

    def _pair(
        self, walk: Walk, pair: SourceValue, outer: SourceValue, inside: Inside, place: str
    ) -> None:
        name = pair.get("name") if isinstance(pair, dict) else None
        if not isinstance(pair, dict) or not isinstance(name, str) or not is_stated(name):
            walk.attribute(self.inner, pair, inside, place)
            return
        kind = _type_of(pair) or outer
        name, value = plain_name(name), pair.get("value")
        if kind == "HASH" and isinstance(value, str) and is_stated(value):
            row = walk.open_row("file_hash", inside, place)
            row["hash_type"], row["value_as_written"] = name, walk.without_media(value, place)
            walk.add_row("file_hash", row)
        else:
            walk.attribute(f"{kind} {name}" if is_stated(kind) else name, value, inside, place)
        for other in pair:
            if other not in {"name", "value", "type", "@type"}:
                walk.count_unread(walk.stem(place) + other)


def _type_of(source: dict[str, SourceValue]) -> SourceValue:
    kind = source.get("@type", source.get("type"))
    return plain_name(kind) if isinstance(kind, str) else kind


def _items(walk: Walk, value: SourceValue, place: str) -> Iterator[tuple[SourceValue, str]]:
    """Yield one or many with their places; nothing for null."""
    if isinstance(value, list):
        for index, item in enumerate(value, walk.style.first_index):
            yield item, f"{place}[{index}]"
    elif value is not None:
        yield value, place


def alternatives(entry: Entry) -> Iterator[Entry]:
    """Yield every entry that an item may be read by: the one given, or those it chooses among."""
    match entry:
        case Several():
            for one in entry.entries:
                yield from alternatives(one)
        case Route():
            for case in entry.cases:
                yield case.entry
        case _:
            yield entry
