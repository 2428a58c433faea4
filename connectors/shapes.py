"""Allow-lists (`<format>/fields.toml`) compiled to shapes the walker runs on.

A file has one table per shape, `[shapes.<name>]`, whose keys are the source's own names:

    key = "column"                              the leaf goes to a column of the current row
    key = { shape = "x" }                       a container of the current row; `prefix = "p."`
                                                goes before the names of its attributes
    key = { row = "party", shape = "x", set = {…}, wraps = [...] }
                                                each item, wrapped or bare, opens a row;
                                                `count = "column"` takes the length of the list
    key = { text = "kind", origin = "provider", boilerplate = false, wraps = [...] }
    key = { attribute = true }                  kept by name, nested leaves flattened;
                                                a text instead of true is the name to use
    key = { flags = "column" } { flag = "column" }   tags by name; one tag
    key = { list = "column" }                   a list of texts
    key = { join = "column" }                   a further line of a column
    key = { true_wins = "column" }              a yes here is not hidden by a no elsewhere
    key = { pairs = "inner" }                   name-and-value pairs
    key = { shape = "x", bare = "k" }           `k`'s list may stand here without its container
    key = { route = "x" }                       `[routes.x]`: by the type each item states
    key = { left_out = "reason" }               deliberately not read
    key = [ …, … ]                              several of these

Columns are checked against `workbench.model.tables` when the file is compiled.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from connectors.entries import (
    Attribute,
    Column,
    Descend,
    Flags,
    Joined,
    LeftOut,
    Listed,
    OpenRow,
    Several,
    TrueWins,
)
from connectors.routes import Case, Pairs, Route
from connectors.walk import Entry, Shape
from workbench.model.tables import TABLES

TEXT_ORIGINS: Final = frozenset({"provider", "ncmec_automatic", "ncmec_staff", "hotline"})
_COLUMNS: Final = frozenset(column for columns in TABLES.values() for column in columns)
_SIMPLE: Final[Mapping[str, Any]] = {
    "flags": Flags,
    "flag": lambda column: Flags(column, is_single=True),
    "list": Listed,
    "join": Joined,
    "true_wins": TrueWins,
}


class AllowListError(ValueError):
    """A fields.toml names a column, table, shape or kind of entry that does not exist."""


@dataclass(slots=True, frozen=True)
class AllowList:
    """All shapes of one format, ready for the walker."""

    shapes: Mapping[str, Shape]

    def names(self) -> frozenset[str]:
        """Return every source name the list has an answer for, without attribute marks."""
        return frozenset(
            key.removeprefix("@")
            for shape in self.shapes.values()
            for key in (*shape.columns, *shape.entries)
        )


def read_allow_list(package: str) -> AllowList:
    """Read and compile the fields.toml that stands in `package`.

    Raises:
        AllowListError: The file is wrong; the message names the shape and the key.
    """
    source = (files(package) / "fields.toml").read_text(encoding="utf-8")
    return _Compiler(package, tomllib.loads(source)).compile()


class _Compiler:
    def __init__(self, package: str, source: Mapping[str, Any]) -> None:
        self._package = package
        self._source = source
        self._shapes = {name: Shape(name, {}) for name in source["shapes"]}
        self._shapes["text"] = Shape(
            "text",
            {"value": "content", "#text": "content", "id": LeftOut("the source's own row key")},
        )

    def compile(self) -> AllowList:
        for name, keys in self._source["shapes"].items():
            entries = {key: self._entry(f"{name}.{key}", meaning) for key, meaning in keys.items()}
            self._shapes[name].fill_with(entries)
        return AllowList(self._shapes)

    def _entry(self, place: str, meaning: Any) -> str | Entry:  # noqa: ANN401 - TOML value
        if isinstance(meaning, str):
            return self._column(place, meaning)
        return self._object(place, meaning)

    def _object(self, place: str, meaning: Any) -> Entry:  # noqa: ANN401 - TOML value
        if isinstance(meaning, str):
            return Column(self._column(place, meaning))
        if isinstance(meaning, list):
            return Several(tuple(self._object(place, one) for one in meaning))
        return self._container(place, meaning) or self._leaf(place, meaning)

    def _container(self, place: str, meaning: Mapping[str, Any]) -> Entry | None:
        if "row" in meaning:
            return self._row(place, meaning)
        if "text" in meaning:
            return self._text(place, meaning)
        if "route" in meaning:
            return self._route(meaning["route"])
        if "shape" in meaning:
            shape = self._shape(place, meaning["shape"])
            return Descend(shape, meaning.get("prefix", ""), meaning.get("bare", ""))
        return None

    def _leaf(self, place: str, meaning: Mapping[str, Any]) -> Entry:
        for kind, make in _SIMPLE.items():
            if kind in meaning:
                entry: Entry = make(self._column(place, meaning[kind]))
                return entry
        if "attribute" in meaning:
            return Attribute("" if meaning["attribute"] is True else meaning["attribute"])
        if "pairs" in meaning:
            return Pairs(meaning["pairs"])
        if meaning.get("left_out"):
            return LeftOut(meaning["left_out"])
        raise AllowListError(f"{self._package} {place}: no such kind of entry: {dict(meaning)}")

    def _row(self, place: str, meaning: Mapping[str, Any]) -> OpenRow:
        table, given = meaning["row"], meaning.get("set", {})
        for column in given:
            if column not in TABLES.get(table, {}):
                raise AllowListError(f"{self._package} {place}: {table} has no column {column}")
        shape = self._shape(place, meaning["shape"])
        count = self._column(place, meaning["count"]) if "count" in meaning else ""
        return OpenRow(table, shape, given, tuple(meaning.get("wraps", ())), count)

    def _text(self, place: str, meaning: Mapping[str, Any]) -> OpenRow:
        origin = meaning.get("origin", "provider")
        if origin not in TEXT_ORIGINS:
            raise AllowListError(f"{self._package} {place}: unknown origin {origin}")
        given = {
            "kind": meaning["text"],
            "origin": origin,
            "is_boilerplate": meaning.get("boilerplate", False),
        }
        shape = self._shape(place, meaning.get("shape", "text"))
        return OpenRow("text_block", shape, given, tuple(meaning.get("wraps", ())))

    def _route(self, name: str) -> Route:
        source = self._source["routes"][name]
        cases = []
        for case in source["case"]:
            entry = self._object(f"routes.{name}", case["to"])
            if not isinstance(entry, OpenRow | Attribute):
                raise AllowListError(f"{self._package} routes.{name}: a case opens a row")
            cases.append(Case(tuple(case["words"]), entry))
        return Route(source["by"], tuple(cases))

    def _shape(self, place: str, name: str) -> Shape:
        if name not in self._shapes:
            raise AllowListError(f"{self._package} {place}: no shape {name}")
        return self._shapes[name]

    def _column(self, place: str, column: str) -> str:
        if column not in _COLUMNS:
            raise AllowListError(f"{self._package} {place}: no table has a column {column}")
        return column
