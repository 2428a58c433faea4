"""Workbooks to sheets of text cells; what a cell does not say by itself is noted."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import repeat
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from connectors.tabular.sheets import Line, Sheet
from connectors.tabular.workbook_parts import Looked, above_limit, look_through, unreadable
from workbench.model.limits import Limits
from workbench.model.record import SetAside, SourceFile

_TITLE_ROWS: Final = 10  # a merged title above the table is no loss
_PLACES_SHOWN: Final = 10
_FIRST_INEXACT: Final = 2**53  # from here on not every whole number can be told from the next


def workbook_sheets(file: SourceFile, limits: Limits) -> Iterator[Sheet | SetAside]:
    """Yield the sheets of a workbook, and what else is packed into it as set aside."""
    looked = look_through(file, limits)
    yield from looked.set_aside
    book = _opened(file, data_only=True)
    # A formula whose result the file does not hold reads as blank; only its text shows it.
    formulas = _opened(file, data_only=False).worksheets if looked.has_formulas else repeat(None)
    for sheet, twin in zip(book.worksheets, formulas, strict=False):
        notes = _merged_cells(file, sheet, looked)
        lines = _lines(file, sheet, twin, looked, notes)
        yield Sheet(sheet.title, _undamaged(file, sheet.title, lines), notes)


def _opened(file: SourceFile, *, data_only: bool) -> Any:  # noqa: ANN401 - openpyxl has no types here
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks that it will not keep
            return load_workbook(
                io.BytesIO(file.content), read_only=True, data_only=data_only, keep_links=False
            )
    except Exception as error:  # a missing or forged part lets openpyxl raise nearly anything
        raise unreadable(file, "not_well_formed", "The workbook is damaged.") from error


def _undamaged(file: SourceFile, title: str, lines: Iterator[Line]) -> Iterator[Line]:
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                line = next(lines, None)
        except Exception as error:  # as above
            if hasattr(error, "place"):
                raise
            raise unreadable(file, "not_well_formed", "A sheet is damaged.", title) from error
        if line is None:
            return
        yield line


def _lines(
    file: SourceFile,
    sheet: Any,  # noqa: ANN401 - openpyxl's read-only sheet has no type
    twin: Any,  # noqa: ANN401 - same
    looked: Looked,
    notes: list[SetAside],
) -> Iterator[Line]:
    # A stated size can be wrong, and then the last columns would be lost.
    sheet.reset_dimensions()
    twin_rows: Iterator[Any] = repeat(())
    if twin is not None:
        twin.reset_dimensions()
        twin_rows = twin.iter_rows()
    limits = looked.limits
    cells_left, longest = limits.sheet_cells, limits.table_cell_characters
    without_result: list[str] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells_left -= len(row)
        if number > limits.sheet_rows or cells_left < 0:
            passed = "sheet_rows" if number > limits.sheet_rows else "sheet_cells"
            raise above_limit(file, limits, passed, f"{sheet.title}!A{number}")
        cells = [_cell_text(cell) for cell in row]
        if any(cell.__class__ is str and len(cell) > longest for cell in cells):
            raise above_limit(file, limits, "table_cell_characters", f"{sheet.title}!A{number}")
        for index, formula in enumerate(next(twin_rows, ())):
            if cells[index] is None and formula.data_type == "f":
                without_result.append(f"{get_column_letter(index + 1)}{number}")
        first = next((i for i, cell in enumerate(cells) if cell not in (None, "")), 0)
        looked.rows_read += 1
        part_read = min(looked.rows_read / max(looked.row_count, 1), 1.0)
        yield Line(f"{sheet.title}!{get_column_letter(first + 1)}{number}", cells, part_read)
    if without_result:
        reason = "the file holds these formulas without their results"
        notes.append(_note(file, sheet, "formula_without_result", without_result, reason))


def _merged_cells(file: SourceFile, sheet: Any, looked: Looked) -> list[SetAside]:  # noqa: ANN401 - as above
    part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    in_table = [place for place in looked.merged.get(part, ()) if _reaches_into_table(place)]
    if not in_table:
        return []
    reason = "only the first of merged cells has their value; the others were read as blank"
    return [_note(file, sheet, "merged_cells", in_table, reason)]


def _reaches_into_table(place: str) -> bool:
    _, top, _, bottom = range_boundaries(place)
    return top is None or bottom is None or bottom > top or top > _TITLE_ROWS


def _note(file: SourceFile, sheet: Any, kind: str, places: list[str], reason: str) -> SetAside:  # noqa: ANN401 - as above
    shown = ", ".join(places[:_PLACES_SHOWN])
    more = f" and {len(places) - _PLACES_SHOWN:,} more" if len(places) > _PLACES_SHOWN else ""
    return SetAside(f"{file.name}!/{sheet.title}", kind, 0, f"{reason}: {shown}{more}")


def _cell_text(cell: Any) -> Any:  # noqa: ANN401 - openpyxl cell -> text, bool or None
    value = cell.value
    match value:
        case None | bool() | str():
            return value
        case float() if value.is_integer():
            # The file says 1.23456789012345E+17; writing that out would invent its last digits.
            is_exact = abs(value) < _FIRST_INEXACT
            return str(int(value)) if is_exact else str(Decimal(repr(value)).normalize())
        case datetime():
            has_clock = value.time() != time(0) or "h" in str(cell.number_format).lower()
            return value.isoformat(sep="T") if has_clock else value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)
