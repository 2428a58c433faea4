"""Rows of source values -> typed columns: each distinct value is normalised once per batch."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import pyarrow as pa

from workbench.model.record import SourceRow
from workbench.model.tables import TABLES, Kind
from workbench.model.vocabulary import NetworkKind
from workbench.normalise.blank import blank_kind
from workbench.normalise.email import normalise_email
from workbench.normalise.hash import normalise_hash
from workbench.normalise.ip_address import is_private_use, network_kind_of, normalise_ip_address
from workbench.normalise.number import normalise_decimal_number, normalise_whole_number
from workbench.normalise.phone import normalise_phone
from workbench.normalise.screen_name import normalise_profile_url, normalise_screen_name
from workbench.normalise.time import normalise_date, normalise_time
from workbench.normalise.truth import normalise_truth

_ABSENT: Final = object()
_INSTANT: Final = pa.timestamp("us", tz="UTC")
_NOT_STATED: Final = pa.map_(pa.string(), pa.string())


class Reading(NamedTuple):
    """What became of one source value."""

    value: Any  # None: it says nothing, or cannot be read
    as_written: str | None
    zone_was_stated: bool | None
    not_stated: str | None  # why there is no value; None when there is one, or no mention at all


_NOTHING: Final = Reading(None, None, None, None)


def _text_of(value: object) -> str:
    """Return a scalar or a list as the one text it stands for."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(_text_of(item) for item in value if blank_kind(item) is None)
    return str(value)


def _read_time(text: str) -> tuple[datetime | None, bool | None]:
    instant = normalise_time(text)
    return (None, None) if instant is None else (instant.at, instant.zone_was_stated)


def _plain(normalise: Callable[[str], Any]) -> Callable[[str], tuple[Any, None]]:
    return lambda text: (normalise(text), None)


_READERS: Final[dict[Kind, Callable[[str], tuple[Any, bool | None]]]] = {
    "text": _plain(lambda text: text),
    "bool": _plain(normalise_truth),
    "int": _plain(normalise_whole_number),
    "number": _plain(normalise_decimal_number),
    "date": _plain(normalise_date),
    "time": _read_time,
}


class _Memory(dict[Any, Reading]):
    """Source value -> reading; a value is read the first time it is met."""

    def __init__(self, kind: Kind) -> None:
        super().__init__({_ABSENT: _NOTHING})
        self._read = _READERS[kind]

    def __missing__(self, raw: object) -> Reading:
        reading = self[raw] = self._reading(raw)
        return reading

    def _reading(self, raw: object) -> Reading:
        blank = blank_kind(raw)
        if blank is not None:
            return Reading(None, raw if isinstance(raw, str) else None, None, blank)
        text = _text_of(raw)
        value, zone_was_stated = self._read(text)
        unreadable = f"unreadable: {text}" if value is None else None
        return Reading(value, text, zone_was_stated, unreadable)


class _Column:
    """The readings of one column of one table in one batch."""

    def __init__(self, kind: Kind, rows: Sequence[SourceRow], name: str) -> None:
        memory = _Memory(kind)
        raw = [row.get(name, _ABSENT) for row in rows]
        try:
            self.readings = [memory[value] for value in raw]
        except TypeError:  # a list where one value was expected: its items as one text
            self.readings = [
                memory[_text_of(value) if isinstance(value, list) else value] for value in raw
            ]


_ARROW_TYPES: Final = {
    "text": pa.string(),
    "bool": pa.bool_(),
    "int": pa.int32(),
    "number": pa.float64(),
    "date": pa.date32(),
    "time": _INSTANT,
}


def _list_column(
    rows: Sequence[SourceRow], name: str
) -> tuple[pa.Array, Iterable[tuple[int, str]]]:
    values: list[list[str] | None] = []
    blanks: list[tuple[int, str]] = []
    for index, row in enumerate(rows):
        raw = row.get(name, _ABSENT)
        blank = None if raw is _ABSENT else blank_kind(raw)
        if blank is not None:
            blanks.append((index, blank))
        if raw is _ABSENT or blank is not None:
            values.append(None)
        else:
            items = raw if isinstance(raw, list) else [raw]
            values.append([_text_of(item) for item in items if blank_kind(item) is None])
    return pa.array(values, pa.list_(pa.string())), blanks


def typed_columns(table: str, rows: Sequence[SourceRow]) -> dict[str, pa.Array]:
    """Return the columns of `referral.<table>` for these rows, without `version_id`.

    Columns that no row mentions are left out; the store fills them with null.
    """
    kinds = TABLES[table]
    mentioned = set().union(*rows) if rows else set()
    columns: dict[str, pa.Array] = {}
    not_stated: dict[int, list[tuple[str, str]]] = {}
    for name, kind in kinds.items():
        if name not in mentioned:
            continue
        if kind == "list":
            columns[name], blanks = _list_column(rows, name)
        else:
            readings = _Column(kind, rows, name).readings
            columns |= _arrow_columns(name, kind, readings)
            blanks = [(i, r.not_stated) for i, r in enumerate(readings) if r.not_stated is not None]
        for index, reason in blanks:
            not_stated.setdefault(index, []).append((name, reason))
    columns |= _derived_columns(table, rows)
    columns["source_path"] = pa.array([row.get("_path") for row in rows], pa.string())
    if not_stated:
        columns["not_stated"] = pa.array(
            [not_stated.get(index) for index in range(len(rows))], _NOT_STATED
        )
    return columns


def _arrow_columns(name: str, kind: Kind, readings: list[Reading]) -> dict[str, pa.Array]:
    columns = {name: pa.array([reading.value for reading in readings], _ARROW_TYPES[kind])}
    if kind in {"date", "time"}:
        columns[f"{name}_as_written"] = pa.array(
            [reading.as_written for reading in readings], pa.string()
        )
    if kind == "time":
        columns[f"{name}_zone_stated"] = pa.array(
            [reading.zone_was_stated for reading in readings], pa.bool_()
        )
    return columns


def _matching_value(row: SourceRow) -> str | None:
    """Return the form of an identifier that is compared; None when it is not of its kind."""
    written = row.get("value_as_written")
    if blank_kind(written) is not None:
        return None
    text = _text_of(written)
    match row.get("kind"):
        case "email":
            return normalise_email(text)
        case "phone":
            code = row.get("country_calling_code")
            return normalise_phone(text, code if isinstance(code, str) and code else None)
        case "screen_name" | "display_name":
            return normalise_screen_name(text)
        case "profile_url":
            return normalise_profile_url(text)
        case _:
            return text.strip() or None


def _memorised(function: Callable[[str], Any], values: Sequence[object]) -> list[Any]:
    known: dict[str, Any] = {}
    found: list[Any] = []
    for value in values:
        if blank_kind(value) is not None:
            found.append(None)
            continue
        text = _text_of(value)
        if text not in known:
            known[text] = function(text)
        found.append(known[text])
    return found


def _derived_columns(table: str, rows: Sequence[SourceRow]) -> dict[str, pa.Array]:
    if table == "identifier":
        return {"value": pa.array([_matching_value(row) for row in rows], pa.string())}
    if table == "file_hash":
        written = [row.get("value_as_written") for row in rows]
        return {"value": pa.array(_memorised(normalise_hash, written), pa.string())}
    if table not in {"ip_event", "geo_lookup"}:
        return {}
    written = [row.get("ip_address_as_written") for row in rows]
    addresses = pa.array(_memorised(normalise_ip_address, written), pa.string())
    if table == "geo_lookup":
        return {"ip_address": addresses}
    kinds = _memorised(network_kind_of, written)
    return {
        "ip_address": addresses,
        "is_private_use": pa.array(_memorised(is_private_use, written), pa.bool_()),
        "network_kind": pa.array([str(kind or NetworkKind.UNKNOWN) for kind in kinds], pa.string()),
    }
