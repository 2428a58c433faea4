"""An allow-list read backwards: from a row and its column to the fields that can fill it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from connectors.entries import (
    Column,
    Descend,
    Flags,
    Joined,
    Listed,
    OpenRow,
    TrueWins,
)
from connectors.routes import Pairs, Route, alternatives
from connectors.walk import OWN_KEYS, Entry, Shape

_INDEX: Final = re.compile(r"\[\d+\]")
_PAIR_COLUMNS: Final = {"hash_type": "name", "value_as_written": "value"}


@dataclass(frozen=True, slots=True)
class Opened:
    """How a row was opened: by an entry of the allow-list, or by a pair of name and value.

    `is_by_type`: the source named its type beside the value, so it is more than a bare text.
    """

    table: str
    shape: Shape | None  # None: a pair
    given: Mapping[str, str | bool]
    is_by_type: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field that fills a column: its place below the row's own; empty is the row's own text."""

    path: str
    opens_row: str  # the table of a row that the same field opens as well; empty: none


def opened_at(root: Shape, path: str, separator: str) -> Iterator[Opened]:
    """Yield how a row at a place below the root can have been opened."""
    steps = [step for step in _INDEX.sub("", path).split(separator) if step]
    yield from _follow(root, steps)


def every_row(roots: Sequence[Shape]) -> Iterator[Opened]:
    """Yield every way in which the allow-list opens rows, whatever the place."""
    todo, seen = list(roots), set[str]()
    while todo:
        shape = todo.pop()
        if shape.name in seen:
            continue
        seen.add(shape.name)
        for entry in shape.entries.values():
            for one in alternatives(entry):
                if isinstance(one, OpenRow):
                    yield Opened(one.table, one.shape, one.given)
                if isinstance(one, OpenRow | Descend):
                    todo.append(one.shape)


def _follow(shape: Shape, steps: Sequence[str]) -> Iterator[Opened]:
    if not steps:
        return
    meaning = shape.find(steps[0])
    if meaning is None or isinstance(meaning, str):
        return
    for entry in alternatives(meaning):
        yield from _enter(entry, steps[1:], is_by_type=isinstance(meaning, Route))


def _enter(entry: Entry, rest: Sequence[str], *, is_by_type: bool) -> Iterator[Opened]:
    match entry:
        case OpenRow():
            while rest and rest[0] in entry.wraps:
                rest = rest[1:]
            if rest:
                yield from _follow(entry.shape, rest)
            else:
                yield Opened(entry.table, entry.shape, entry.given, is_by_type)
        case Descend():
            yield from _follow(entry.shape, rest)
            if entry.bare:
                listed = entry.shape.entries[entry.bare]
                for one in alternatives(listed):
                    yield from _enter(one, rest, is_by_type=isinstance(listed, Route))
        case Pairs():
            yield Opened("file_hash", None, {})
        case _:
            return


def fields_filling(opened: Opened, column: str, separator: str) -> tuple[Field, ...]:
    """Return the fields that fill a column of a row, in the order of the allow-list."""
    if opened.shape is None:
        name = _PAIR_COLUMNS.get(column)
        return (Field(f"{separator}{name}", ""),) if name else ()
    return _fields(opened.shape, column, separator)


@cache
def _fields(shape: Shape, column: str, separator: str) -> tuple[Field, ...]:
    found = list(dict.fromkeys(_find(shape, column, separator)))
    if found:
        # A shape that may hold itself: what it holds is one more place.
        found += [Field(f"{separator}{key}", "") for key in _holding_itself(shape)]
    return tuple(found)


def _holding_itself(shape: Shape) -> list[str]:
    return [
        key
        for key, entry in shape.entries.items()
        if isinstance(entry, Descend) and entry.shape is shape
    ]


def _find(shape: Shape, column: str, separator: str) -> Iterator[Field]:
    """Yield the fields of a container, and of those in it."""
    if shape.own_column == column:
        yield Field("", "")  # the place itself holds the value
    for key, meaning in shape.meanings.items():
        at = "" if key == OWN_KEYS[0] else f"{separator}{key}"
        if isinstance(meaning, str):
            if meaning == column:
                yield Field(at, "")
            continue
        singles = list(alternatives(meaning))
        for one in singles:
            if isinstance(one, Descend):
                inside = () if one.shape is shape else _fields(one.shape, column, separator)
                yield from (Field(at + inner.path, inner.opens_row) for inner in inside)
            elif _fills(one, column):
                yield Field(at, _row_beside(singles))


def _fills(entry: Entry, column: str) -> bool:
    match entry:
        case Column() | Flags() | Joined() | Listed() | TrueWins():
            return entry.column == column
        case OpenRow():
            return entry.count == column
        case _:
            return False


def _row_beside(entries: Sequence[Entry]) -> str:
    """Return the table of the row that a field opens beside filling a column."""
    return next((one.table for one in entries if isinstance(one, OpenRow)), "")


def fits(given: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Say whether a row has what an entry gives to the rows it opens."""
    return all(values.get(column) == value for column, value in given.items())
