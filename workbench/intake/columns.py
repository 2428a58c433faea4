"""Rows of source values -> typed columns: each distinct value is normalised once per batch."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from workbench.intake.staging import PATH, VERSION, StagedColumns
from workbench.model.tables import TABLES, Kind
from workbench.model.vocabulary import NetworkKind
from workbench.normalise.blank import BLANK_WORDS, blank_kind
from workbench.normalise.email import normalise_email
from workbench.normalise.hash import normalise_hash
from workbench.normalise.ip_address import is_private_use, network_kind_of, normalise_ip_address
from workbench.normalise.number import normalise_decimal_number, normalise_whole_number
from workbench.normalise.phone import normalise_phone
from workbench.normalise.screen_name import normalise_profile_url, normalise_screen_name
from workbench.normalise.time import normalise_date, normalise_time
from workbench.normalise.truth import normalise_truth

_INSTANT: Final = pa.timestamp("us", tz="UTC")
_NOT_STATED: Final = pa.map_(pa.string(), pa.string())
_ARROW_TYPES: Final = {
    "text": pa.string(),
    "bool": pa.bool_(),
    "int": pa.int32(),
    "number": pa.float64(),
    "date": pa.date32(),
    "time": _INSTANT,
    "list": pa.list_(pa.string()),
}
_NO_COLUMN: Final = "_not_stated"  # what a row mentions without a value and has no column for
_AS_GIVEN: Final[dict[Kind, type]] = {"int": int, "bool": bool}  # e.g. the numbers that tie rows
# Whole seconds or a fraction, in UTC: how nearly every source writes every time.
_PLAIN_UTC: Final = r"^(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$"

# Row number -> (column, why it has no value), for the columns a source mentions without a value.
_Blanks = dict[int, list[tuple[str, str]]]


class Reading(NamedTuple):
    """What became of one source value."""

    value: Any  # None: it says nothing, or cannot be read
    as_written: str | None
    zone_was_stated: bool | None
    not_stated: str | None  # why there is no value; None when there is one


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
        super().__init__()
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
        return Reading(
            value, text, zone_was_stated, f"unreadable: {text}" if value is None else None
        )


def typed_columns(table: str, source: StagedColumns) -> pa.Table:
    """Return the rows of `referral.<table>` as they came; without columns that none mentions."""
    blanks: _Blanks = {}
    columns: dict[str, pa.Array] = {}
    for name, kind in TABLES[table].items():
        if name in source.mentioned:
            columns |= _column(name, kind, source, blanks)
    if _NO_COLUMN in source.mentioned:
        _add_fields_without_column(source, blanks)
    columns |= _derived_columns(table, source)
    for name in (VERSION, PATH):
        columns[name] = pa.array(source.said(name), pa.string())
    if blanks:
        columns["not_stated"] = _not_stated_column(source.length, blanks)
    # Only reports are numbered as they came; to sort the others took a tenth of reading them.
    order = source.order() if table == "report" else None
    typed = pa.table(columns)
    return typed if order is None else typed.take(pc.sort_indices(pa.array(order)))


def _add_fields_without_column(source: StagedColumns, blanks: _Blanks) -> None:
    """Add what the source named without a value and has no column, by the source's own name."""
    for row, fields in zip(source.row_numbers(_NO_COLUMN), source.said(_NO_COLUMN), strict=True):
        known = blanks.get(row)
        if known is None:
            blanks[row] = list(fields.items())
        else:
            named = {name for name, _ in known}
            known += [pair for pair in fields.items() if pair[0] not in named]


def _not_stated_column(length: int, blanks: _Blanks) -> pa.Array:
    """Build each distinct map once: rows of one kind lack the same few things."""
    maps: dict[tuple[tuple[str, str], ...], int] = {}
    which: list[int | None] = [None] * length
    for row, pairs in blanks.items():
        which[row] = maps.setdefault(tuple(pairs), len(maps))
    return pa.array(list(maps), _NOT_STATED).take(pa.array(which, pa.int32()))


def _column(name: str, kind: Kind, source: StagedColumns, blanks: _Blanks) -> dict[str, pa.Array]:
    said = source.said(name)
    quick = _quick_column(name, kind, source, said)
    if quick is not None:
        return quick
    readings, distinct = _list_readings(said) if kind == "list" else _readings(kind, said)
    if any(reading.not_stated is not None for reading in distinct):
        for row, reading in zip(source.row_numbers(name), readings, strict=True):
            if reading.not_stated is not None:
                blanks.setdefault(row, []).append((name, reading.not_stated))
    return _arrow_columns(name, kind, source, readings)


def _quick_column(
    name: str, kind: Kind, source: StagedColumns, said: list[Any]
) -> dict[str, pa.Array] | None:
    """Take a column at once when every mention has a plain value, as most have; None otherwise."""
    if kind in _AS_GIVEN:
        if set(map(type, said)) != {_AS_GIVEN[kind]}:
            return None
        return {name: pa.array(source.spread(name, said), _ARROW_TYPES[kind])}
    if kind not in {"text", "time"} or not _all_say_something(said):
        return None
    written = pa.array(source.spread(name, said), pa.string())
    if kind == "text":
        return {name: written}
    instants = _zoned_instants(written)
    return (
        None
        if instants is None
        else {
            name: instants,
            f"{name}_as_written": written,
            f"{name}_zone_stated": pc.if_else(instants.is_valid(), pa.scalar(value=True), None),
        }
    )


def _all_say_something(values: list[Any]) -> bool:
    try:
        return BLANK_WORDS.isdisjoint(map(str.lower, map(str.strip, values)))
    except TypeError:  # not a text
        return False


def _zoned_instants(written: pa.Array) -> pa.Array | None:
    """Return the instants of a column written as `2026-11-21T14:05:00Z` throughout, else None.

    Reading a column at once costs a tenth of reading its values.
    """
    if not pc.all(pc.match_substring_regex(written, _PLAIN_UTC), min_count=0).as_py():
        return None
    try:
        return written.cast(_INSTANT)
    except pa.ArrowInvalid:  # the 31st of February: value by value, to say which
        return None


def _readings(kind: Kind, said: list[Any]) -> tuple[list[Reading], Iterable[Reading]]:
    """Return a column's readings, and each distinct one."""
    memory = _Memory(kind)
    try:
        return [memory[value] for value in said], memory.values()
    except TypeError:  # a list where one value was expected counts as its items in one text
        return [memory[_hashable(value)] for value in said], memory.values()


def _hashable(raw: object) -> object:
    return _text_of(raw) if isinstance(raw, list | dict) else raw


def _list_readings(said: list[Any]) -> tuple[list[Reading], Iterable[Reading]]:
    readings = []
    for raw in said:
        blank = blank_kind(raw)
        items = raw if isinstance(raw, list) else [raw]
        texts = tuple(_text_of(item) for item in items if blank_kind(item) is None)
        readings.append(Reading(texts if blank is None else None, None, None, blank))
    return readings, readings


def _arrow_columns(
    name: str, kind: Kind, source: StagedColumns, readings: list[Reading]
) -> dict[str, pa.Array]:
    def column(values: list[Any], of_type: pa.DataType) -> pa.Array:
        return pa.array(source.spread(name, values), of_type)

    columns = {name: column([reading[0] for reading in readings], _ARROW_TYPES[kind])}
    if kind in {"date", "time"}:
        columns[f"{name}_as_written"] = column([reading[1] for reading in readings], pa.string())
    if kind == "time":
        columns[f"{name}_zone_stated"] = column([reading[2] for reading in readings], pa.bool_())
    return columns


def _matching_value(kind: object, written: object, calling_code: object) -> str | None:
    """Return the form of an identifier that is compared; None when it is not of its kind."""
    if blank_kind(written) is not None:
        return None
    text = _text_of(written)
    match kind:
        case "email":
            return normalise_email(text)
        case "phone":
            is_stated = isinstance(calling_code, str) and calling_code
            return normalise_phone(text, str(calling_code) if is_stated else None)
        case "screen_name" | "display_name":
            return normalise_screen_name(text)
        case "profile_url":
            return normalise_profile_url(text)
        case _:
            return text.strip() or None


def _memorised(function: Callable[[str], Any], values: list[Any]) -> list[Any]:
    """Apply a function to each distinct value of a column once; blank ones give None."""
    hashable = [_hashable(value) for value in values]
    known = {
        value: None if blank_kind(value) is not None else function(_text_of(value))
        for value in set(hashable)
    }
    return [known[value] for value in hashable]


def _derived_columns(table: str, source: StagedColumns) -> dict[str, pa.Array]:
    if table == "identifier":
        said = (source.all(name) for name in ("kind", "value_as_written", "country_calling_code"))
        return {"value": pa.array(list(map(_matching_value, *said)), pa.string())}
    if table == "file_hash":
        hashes = _memorised(normalise_hash, source.all("value_as_written"))
        return {"value": pa.array(hashes, pa.string())}
    if table not in {"ip_event", "geo_lookup"}:
        return {}
    facts = _memorised(_address_facts, source.all("ip_address_as_written"))
    known = [fact or (None, None, NetworkKind.UNKNOWN) for fact in facts]
    columns = {"ip_address": pa.array([address for address, _, _ in known], pa.string())}
    if table == "ip_event":
        columns["is_private_use"] = pa.array([private for _, private, _ in known], pa.bool_())
        columns["network_kind"] = pa.array([str(kind) for _, _, kind in known], pa.string())
    return columns


def _address_facts(text: str) -> tuple[str | None, bool | None, NetworkKind]:
    return normalise_ip_address(text), is_private_use(text), network_kind_of(text)
