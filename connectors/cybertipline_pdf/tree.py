"""The report as nested containers, and where each thing in it stood."""

import re
from collections.abc import Sequence
from typing import Any, Final

from connectors.cybertipline_pdf.form import Label
from connectors.cybertipline_pdf.grids import GridRow
from connectors.cybertipline_pdf.values import Fragment, joined, read_value
from connectors.walk import SourceValue

TEXT: Final = "(text)"  # what stands in a block without a label
_LAST_STEP: Final = re.compile(r"(?:\.[^.\[]*|\[\d+\])$")
_COLUMN_KINDS: Final = {"IP Address": "tight", "Date/Time": "time"}
_COORDINATES: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[/,;]\s*(-?\d+(?:\.\d+)?)\s*")


class Tree:
    """What the walker will read, with `page 3, line 12` for each path in it.

    `missed` names the block of each line that reads as a label or heading and was kept as text.
    """

    def __init__(self) -> None:
        self.missed: list[str] = []
        self.places: dict[str, str] = {}
        self.root = Node(self, {}, "")

    def place_of(self, path: str) -> str:
        """Return where a path stood, or what holds it; empty for the report as a whole."""
        while path and path not in self.places:
            path, before = _LAST_STEP.sub("", path), path
            if path == before:
                return ""
        return self.places.get(path, "")

    def put_label(self, label: Label, kind: str, place: str, not_said: frozenset[str]) -> None:
        """Put a label of the front page whose value stands on the same line."""
        value = read_value(kind, [Fragment(label.rest, place)], {}, not_said)
        self.root.put(label.key, value, place)


class Node:
    """One container of the tree."""

    def __init__(self, tree: Tree, fields: dict[str, Any], path: str) -> None:
        self.fields = fields
        self._tree = tree
        self._path = path

    def put(self, key: str, value: SourceValue, place: str) -> None:
        """Set a field; a field that stands there already becomes a list of both."""
        path = self._path_to(key)
        if key not in self.fields:
            self.fields[key] = value
            self._tree.places[path] = place
            if isinstance(value, list):
                self._tree.places |= {f"{path}[{i}]": place for i in range(len(value))}
            return
        held = self.fields[key]
        if not isinstance(held, list):
            held = self.fields[key] = [held]
            self._tree.places[f"{path}[0]"] = self._tree.places[path]
        for item in value if isinstance(value, list) else [value]:
            self._tree.places[f"{path}[{len(held)}]"] = place
            held.append(item)

    def child(self, key: str, place: str) -> "Node":
        """Return the one container under a key; of several the last."""
        path = self._path_to(key)
        self._tree.places.setdefault(path, place)
        held = self.fields.get(key)
        if isinstance(held, list) and held and isinstance(held[-1], dict):
            return Node(self._tree, held[-1], f"{path}[{len(held) - 1}]")
        if not isinstance(held, dict):
            held = self.fields[key] = _container_of(held)
        return Node(self._tree, held, path)

    def item(self, key: str, place: str) -> "Node":
        """Open a further container under a key."""
        held = self.fields.get(key)
        if not isinstance(held, list):
            held = self.fields[key] = [] if held is None else [_container_of(held)]
        held.append({})
        path = f"{self._path_to(key)}[{len(held) - 1}]"
        self._tree.places[path] = place
        return Node(self._tree, held[-1], path)

    def _path_to(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def _container_of(held: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever stands there
    """Return what stands under a key as a container: a broken report gives one key both."""
    if isinstance(held, dict):
        return held
    return {} if held is None else {TEXT: held}


def put_rows(parent: Node, key: str, rows: Sequence[GridRow], not_said: frozenset[str]) -> None:
    """Put the rows of a table under a key, each column as the walker reads it."""
    for row in rows:
        place = next(iter(row.values()))[0].place
        kind = f" {joined(row.get('Type', [])).casefold()} "
        item = parent.item(key, place)
        for column, pieces in row.items():
            item.put(column, _grid_value(column, pieces, kind, not_said), place)


def _grid_value(
    column: str, pieces: Sequence[Fragment], kind: str, not_said: frozenset[str]
) -> SourceValue:
    if column == "Value":
        if " ip " in kind or " ipv" in kind:
            return read_value("ip_event", pieces, {}, not_said)
        named = "tight" if "url" in kind else "identifier"
        return {"value": read_value(named, pieces, {}, not_said)}
    if column == "Lat/Long":
        return _coordinates(joined(pieces))
    if column == "ISP/Org":
        return _network(joined(pieces))
    return read_value(_COLUMN_KINDS.get(column, ""), pieces, {}, not_said)


def _coordinates(text: str) -> SourceValue:
    found = _COORDINATES.fullmatch(text)
    return {"latitude": found[1], "longitude": found[2]} if found else {"latitude": text}


def _network(text: str) -> SourceValue:
    """Part provider and holder at the one slash between them; a name with slashes stays whole."""
    esp, slash, organization = text.partition("/")
    if not slash or "/" in organization:
        return {"esp": text}
    return {"esp": esp.strip(), "organization": organization.strip()}
