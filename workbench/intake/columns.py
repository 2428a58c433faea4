"""Rows of source values -> typed columns: each distinct value is normalised once per batch."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

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
_PLAIN_UTC: Final = r"^(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
_COMMON_BLANKS: Final = frozenset({"", "N/A", "n/a", "N/a", "Not Applicable", "not applicable"})

# Row index -> (column, why it has no value), for the columns a source mentions without a value.
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


_ABSENT: Final = Reading(None, None, None, None)
_MISSING: Final = object()  # stands for a column that a row does not mention


def typed_columns(
    table: str, rows: Sequence[SourceRow], paths: Sequence[str | None]
) -> dict[str, pa.Array]:
    """Return the columns of `referral.<table>` for these rows, without `version_id`.

    Args:
        table: A key of `TABLES`.
        rows: Source values; columns that no row mentions are left out of the result.
        paths: Each row's place in its file.
    """
    mentioned = set().union(*rows) if rows else set()
    blanks: _Blanks = {}
    columns: dict[str, pa.Array] = {}
    for name, kind in TABLES[table].items():
        if name in mentioned:
            columns |= _column(name, kind, rows, blanks)
    if "_not_stated" in mentioned:
        _add_fields_without_column(rows, blanks)
    columns |= _derived_columns(table, rows)
    columns["source_path"] = pa.array(paths, pa.string())
    if blanks:
        listed = [blanks.get(index) for index in range(len(rows))]
        columns["not_stated"] = pa.array(listed, _NOT_STATED)
    return columns


def _add_fields_without_column(rows: Sequence[SourceRow], blanks: _Blanks) -> None:
    """Add what the source named without a value and has no column, by the source's own name."""
    for index, row in enumerate(rows):
        known = blanks.get(index, [])
        named = {name for name, _ in known}
        known += [pair for pair in row.get("_not_stated", {}).items() if pair[0] not in named]
        if known:
            blanks[index] = known


def _column(
    name: str, kind: Kind, rows: Sequence[SourceRow], blanks: _Blanks
) -> dict[str, pa.Array]:
    if kind == "list":
        return {name: _list_column(name, rows, blanks)}
    if kind in {"text", "time"}:
        quick = _full_text_column(name, rows)
        if quick is not None and kind == "text":
            return {name: quick}
        instants = None if quick is None else _zoned_seconds(quick)
        if instants is not None:
            return {
                name: instants,
                f"{name}_as_written": quick,
                f"{name}_zone_stated": pc.if_else(instants.is_valid(), pa.scalar(value=True), None),
            }
    readings, kinds_of_blank = _readings(name, kind, rows)
    if kinds_of_blank:
        for index, reading in enumerate(readings):
            if reading.not_stated is not None:
                blanks.setdefault(index, []).append((name, reading.not_stated))
    return _arrow_columns(name, kind, readings)


def _readings(name: str, kind: Kind, rows: Sequence[SourceRow]) -> tuple[list[Reading], bool]:
    """Return a column's readings, and whether any of them has no value to show."""
    memory = _Memory(kind)
    memory[_MISSING] = _ABSENT
    values = [row.get(name, _MISSING) for row in rows]
    try:
        readings = [memory[value] for value in values]
    except TypeError:  # a list where one value was expected counts as its items in one text
        readings = [memory[_hashable(value)] for value in values]
    return readings, any(reading.not_stated is not None for reading in memory.values())


def _hashable(raw: object) -> object:
    return _text_of(raw) if isinstance(raw, list) else raw


def _full_text_column(name: str, rows: Sequence[SourceRow]) -> pa.Array | None:
    """Return a text column in which every mention has a value, as most have; None otherwise.

    This spares the common case the slow look at each value.
    """
    values: list[Any] = [row.get(name) for row in rows]
    try:
        distinct = set(values)
    except TypeError:
        return None
    if None in distinct:
        if any(name in row for row, value in zip(rows, values, strict=True) if value is None):
            return None
        distinct.discard(None)
    if any(type(value) is not str for value in distinct) or not distinct.isdisjoint(_COMMON_BLANKS):
        return None
    if any(blank_kind(value) for value in distinct if _might_be_blank(value)):
        return None
    return pa.array(values, pa.string())


def _zoned_seconds(written: pa.Array) -> pa.Array | None:
    """Return the instants of a column written as `2026-11-21T14:05:00Z` throughout, else None.

    Most sources write every time so; reading a column at once costs a tenth of reading its values.
    """
    if not pc.all(pc.match_substring_regex(written, _PLAIN_UTC), min_count=0).as_py():
        return None
    try:
        return written.cast(_INSTANT)
    except pa.ArrowInvalid:  # the 31st of February: value by value, to say which
        return None


def _might_be_blank(text: str) -> bool:
    return not text[:1].isalnum() or text[:1] in "nN"


def _list_column(name: str, rows: Sequence[SourceRow], blanks: _Blanks) -> pa.Array:
    values: list[list[str] | None] = []
    for index, row in enumerate(rows):
        raw = row.get(name)
        blank = blank_kind(raw) if name in row else None
        if blank is not None:
            blanks.setdefault(index, []).append((name, blank))
        if name not in row or blank is not None:
            values.append(None)
        else:
            items = raw if isinstance(raw, list) else [raw]
            values.append([_text_of(item) for item in items if blank_kind(item) is None])
    return pa.array(values, _ARROW_TYPES["list"])


def _arrow_columns(name: str, kind: Kind, readings: list[Reading]) -> dict[str, pa.Array]:
    columns = {name: pa.array([reading[0] for reading in readings], _ARROW_TYPES[kind])}
    if kind in {"date", "time"}:
        written = [reading[1] for reading in readings]
        columns[f"{name}_as_written"] = pa.array(written, pa.string())
    if kind == "time":
        stated = [reading[2] for reading in readings]
        columns[f"{name}_zone_stated"] = pa.array(stated, pa.bool_())
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


def _memorised(function: Callable[[str], Any], rows: Sequence[SourceRow], name: str) -> list[Any]:
    """Apply a function to each distinct value of a column once; blank ones give None."""
    values = [_hashable(row.get(name)) for row in rows]
    known = {
        value: None if blank_kind(value) is not None else function(_text_of(value))
        for value in set(values)
    }
    return [known[value] for value in values]


def _derived_columns(table: str, rows: Sequence[SourceRow]) -> dict[str, pa.Array]:
    if table == "identifier":
        return {"value": pa.array([_matching_value(row) for row in rows], pa.string())}
    if table == "file_hash":
        hashes = _memorised(normalise_hash, rows, "value_as_written")
        return {"value": pa.array(hashes, pa.string())}
    if table not in {"ip_event", "geo_lookup"}:
        return {}
    facts = _memorised(_address_facts, rows, "ip_address_as_written")
    known = [fact or (None, None, NetworkKind.UNKNOWN) for fact in facts]
    columns = {"ip_address": pa.array([address for address, _, _ in known], pa.string())}
    if table == "ip_event":
        columns["is_private_use"] = pa.array([private for _, private, _ in known], pa.bool_())
        columns["network_kind"] = pa.array([str(kind) for _, _, kind in known], pa.string())
    return columns


def _address_facts(text: str) -> tuple[str | None, bool | None, NetworkKind]:
    return normalise_ip_address(text), is_private_use(text), network_kind_of(text)
