"""JSON as cloud and VPN providers publish their ranges: prefixes anywhere, names beside them."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from connectors.ip_intelligence.addresses import Ends, NotARangeError, ends_of, range_of
from connectors.ip_intelligence.dates import date_of_field
from connectors.ip_intelligence.range_columns import RangeColumns
from connectors.ip_intelligence.roles import ROLE_OF, folded, is_true, kind_of_flags, said_by
from workbench.errors import SourceLocation, UserError
from workbench.model.network_list import NetworkList

if TYPE_CHECKING:
    from datetime import date

_DEEPEST: Final = 30
_REMEDY: Final = "Correct or delete the entry."
_LONGEST_KEY: Final = 100  # in a path, which is written out for every range below it
_DESCRIPTION: Final = "metadata"
_LISTS: Final = ("prefixes", "cidrs", "addresses", "ranges", "networks", "ips")


def read_json(name: str, text: str) -> NetworkList:
    """Read every prefix, address and range that stands anywhere in a JSON document.

    Raises:
        UserError: It is not JSON, or holds no range.
    """
    walk = _Walk()
    try:
        walk.into(_parsed(text), "", {}, 0)
    except (ValueError, RecursionError) as error:
        raise UserError(
            "The file begins like JSON and cannot be read as JSON.",
            remedy="Fetch the list again.",
            location=SourceLocation(name),
        ) from error
    return walk.columns.finish(name, "json", walk.as_of)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        # One object a line, as exports of address services are.
        return [json.loads(line) for line in text.splitlines() if line.strip()]


class _Walk:
    """Goes through a document; a name said of a whole holds for the ranges inside it."""

    def __init__(self) -> None:
        self.columns = RangeColumns()
        self.as_of: date | None = None

    def into(self, value: object, path: str, around: Mapping[str, Any], depth: int) -> None:
        """Take every range from a value; `around` holds what was said of it, by role."""
        if depth > _DEEPEST:
            self.columns.reject(path, "The entry stands too deep inside others.", _REMEDY)
        elif isinstance(value, dict):
            self._object(value, path, around, depth)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self.into(item, f"{path}[{index}]", around, depth + 1)
        elif isinstance(value, str):
            self._text(value, path, around)

    def _object(
        self, members: Mapping[str, Any], path: str, around: Mapping[str, Any], depth: int
    ) -> None:
        said = {**around, **said_by(members)}
        if said.get("start") is not None and said.get("end") is not None:
            first, last = str(said.pop("start")), str(said.pop("end"))
            self._take(lambda: ends_of(first, last), f"{first}-{last}", path, said)
        # One object a line: the line that describes the list names no range.
        speaks_of_itself = depth == 0 or (depth == 1 and _DESCRIPTION in members.values())
        for key, value in members.items():
            role = ROLE_OF.get(folded(key))
            if self.as_of is None and speaks_of_itself:
                self.as_of = date_of_field(key, value)
            if isinstance(value, dict | list):
                self.into(value, _inside(path, key), said, depth + 1)
            elif role == "network" and isinstance(value, str):
                self._network(value, _inside(path, key), said)

    def _network(self, written: str, path: str, said: Mapping[str, Any]) -> None:
        text = written.strip()
        if text and said.get("mask") is not None and "/" not in text:
            text = f"{text}/{said['mask']}"
        if text:
            self._take(lambda: range_of(text), text, path, said)

    def _text(self, written: str, path: str, around: Mapping[str, Any]) -> None:
        """Take a text out of a list: a range, or a fault where the list's name promises ranges."""
        try:
            ends = range_of(written.strip())
        except NotARangeError as error:
            key = folded(path.rpartition(".")[2].partition("[")[0])
            if key.endswith(_LISTS) or not path.rpartition("]")[0].strip("[0123456789"):
                self.columns.reject(path or "the whole", str(error), _REMEDY)
        else:
            self._take(lambda: ends, written.strip(), path, around)

    def _take(
        self, ends: Callable[[], Ends], written: str, path: str, said: Mapping[str, Any]
    ) -> None:
        try:
            self.columns.add(
                ends(),
                written,
                kind=kind_of_flags({flag: is_true(said.get(flag)) for flag in said}),
                owner=_name(said.get("owner")) or _number(said.get("asn")),
                country=_name(said.get("country")),
                is_shared=is_true(said.get("shared")),
            )
        except NotARangeError as error:
            self.columns.reject(path, str(error), _REMEDY)


def _inside(path: str, key: str) -> str:
    return f"{path}.{key[:_LONGEST_KEY]}" if path else key[:_LONGEST_KEY]


def _name(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> str | None:
    text = str(value or "").upper().removeprefix("AS")
    return f"AS{text}" if text.isdigit() else None
