"""Rows of source values -> typed columns: each distinct value is normalised once per batch."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from workbench.intake.comparison_columns import compared_columns
from workbench.intake.normalised import Normalised, normalised, normalised_lists
from workbench.intake.staging import PATH, VERSION, StagedColumns
from workbench.model.tables import TABLES, Kind
from workbench.normalise.blank import BLANK_WORDS, blank_kind

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
# What needs no reading, such as the numbers that tie rows.
_AS_GIVEN: Final[dict[Kind, frozenset[type]]] = {
    "int": frozenset({int, type(None)}),
    "bool": frozenset({bool, type(None)}),
}
_KEPT_AS_WRITTEN: Final = frozenset({"date", "time"})
# Arrow strips white space as Python does, but for these and what is not ASCII.
_BLANK_FOR_PYTHON_ONLY: Final = (b"\x1c", b"\x1d", b"\x1e", b"\x1f")
# Whole seconds or a fraction, in UTC: how nearly every source writes every time.
_PLAIN_UTC: Final = r"^(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$"

# Row number -> (column, why it has no value), for the columns a source mentions without a value.
_Blanks = dict[int, list[tuple[str, str]]]


def typed_columns(table: str, source: StagedColumns) -> pa.Table:
    """Return the rows of `referral.<table>` as they came; without columns that none mentions."""
    blanks: _Blanks = {}
    columns: dict[str, pa.Array] = {}
    for name, kind in TABLES[table].items():
        if name in source.mentioned:
            columns |= _column(name, kind, source, blanks)
    if _NO_COLUMN in source.mentioned:
        _add_fields_without_column(source, blanks)
    columns |= compared_columns(table, source, columns)
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
    if kind in _AS_GIVEN and _AS_GIVEN[kind].issuperset(map(type, said)):
        given = pa.array(source.spread(name, said), _ARROW_TYPES[kind])
        _note_nulls(name, given, said, source, blanks)
        return {name: given}
    written = None if kind == "list" else _texts(source.spread(name, said))
    if written is not None:
        _note_nulls(name, written, said, source, blanks)
        return _columns_of_texts(name, kind, written, blanks)
    values_read = normalised_lists(said) if kind == "list" else normalised(kind, said)
    for row, one in zip(source.row_numbers(name), values_read, strict=True):
        if one.not_stated is not None:
            blanks.setdefault(row, []).append((name, one.not_stated))
    return {
        column: pa.array(source.spread(name, values), of_type)
        for column, values, of_type in _parts(name, kind, values_read)
    }


def _texts(values: list[Any]) -> pa.StringArray | None:
    """Return a column of texts and nothings; None when something else stands in it."""
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return None


def _note_nulls(
    name: str, column: pa.Array, said: list[Any], source: StagedColumns, blanks: _Blanks
) -> None:
    if column.null_count == source.length - len(said):  # those rows that do not mention it
        return
    for row, value in zip(source.row_numbers(name), said, strict=True):
        if value is None:
            blanks.setdefault(row, []).append((name, "null"))


def _columns_of_texts(
    name: str, kind: Kind, written: pa.StringArray, blanks: _Blanks
) -> dict[str, pa.Array]:
    """Read a column by its distinct values, in a few steps for all rows together."""
    silent = _silent(written)
    said = written
    if silent is not None:
        rows = pc.indices_nonzero(silent)
        for row, text in zip(rows.to_pylist(), written.take(rows).to_pylist(), strict=True):
            blanks.setdefault(row, []).append((name, str(blank_kind(text))))
        said = pc.if_else(silent, None, written)
    if kind == "text":
        return {name: said}
    if kind == "time" and (instants := _zoned_instants(said)) is not None:
        return {
            name: instants,
            f"{name}_as_written": written,
            f"{name}_zone_stated": pc.if_else(instants.is_valid(), pa.scalar(value=True), None),
        }
    distinct = said.dictionary_encode()
    values_read = normalised(kind, distinct.dictionary.to_pylist())
    if any(one.not_stated is not None for one in values_read):
        for row, index in enumerate(distinct.indices.to_pylist()):
            if index is not None and (why := values_read[index].not_stated) is not None:
                blanks.setdefault(row, []).append((name, why))
    columns = {
        column: pa.array(values, of_type).take(distinct.indices)
        for column, values, of_type in _parts(name, kind, values_read)
    }
    return columns | ({f"{name}_as_written": written} if kind in _KEPT_AS_WRITTEN else {})


def _parts(
    name: str, kind: Kind, values_read: Sequence[Normalised]
) -> Iterator[tuple[str, list[Any], pa.DataType]]:
    """Yield the columns that a column of the source becomes."""
    yield name, [one.value for one in values_read], _ARROW_TYPES[kind]
    if kind in _KEPT_AS_WRITTEN:
        yield f"{name}_as_written", [one.as_written for one in values_read], pa.string()
    if kind == "time":
        zones = [one.zone_was_stated for one in values_read]
        yield f"{name}_zone_stated", zones, pa.bool_()


def _silent(written: pa.StringArray) -> pa.BooleanArray | None:
    """Return which texts say nothing; None when all say something."""
    letters = written.buffers()[2]
    content = b"" if letters is None else letters.to_pybytes()
    if content.isascii() and not any(sign in content for sign in _BLANK_FOR_PYTHON_ONLY):
        folded = pc.ascii_lower(pc.ascii_trim_whitespace(written))
        silent = pc.is_in(folded, value_set=_blank_texts())
    else:
        texts = written.to_pylist()
        silent = pa.array([text is not None and blank_kind(text) is not None for text in texts])
    return silent if pc.any(silent, min_count=0).as_py() else None


@cache  # and no constant: the processes that read begin before the first array is made
def _blank_texts() -> pa.StringArray:
    return pa.array(sorted(BLANK_WORDS))


def _zoned_instants(written: pa.StringArray) -> pa.Array | None:
    """Return the instants of a column written as `2026-11-21T14:05:00Z` throughout, else None.

    Reading a column at once costs a tenth of reading its values.
    """
    if not pc.all(pc.match_substring_regex(written, _PLAIN_UTC), min_count=0).as_py():
        return None
    try:
        return written.cast(_INSTANT)
    except pa.ArrowInvalid:  # the 31st of February: value by value, to say which
        return None
