"""Writing cells that a spreadsheet cannot mistake: text stays text, numbers keep their format."""

import re
from datetime import date
from typing import Final

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

COUNT_FORMAT: Final = "#,##0"
PERCENT_FORMAT: Final = "0.0%"

# XML 1.0 cannot hold these, and a workbook with one of them does not open.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write text that is never run as a formula, whatever it begins with."""
    cell = _cell(sheet, row, column)
    cell.value = _FORBIDDEN.sub("\ufffd", text)
    cell.data_type = "s"
    # Also when somebody edits the cell afterwards the text stays text.
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def write_count(sheet: Worksheet, row: int, column: int, count: int | None) -> Cell:
    """Write a whole number; None leaves the cell empty."""
    cell = _cell(sheet, row, column)
    cell.value = count
    cell.number_format = COUNT_FORMAT
    return cell


def write_percent(sheet: Worksheet, row: int, column: int, percent: float) -> Cell:
    """Write a percentage as a share, shown with one decimal."""
    cell = _cell(sheet, row, column)
    cell.value = round(percent / 100, 6)
    cell.number_format = PERCENT_FORMAT
    return cell


def write_date(sheet: Worksheet, row: int, column: int, day: date, number_format: str) -> Cell:
    """Write a date as a date."""
    cell = _cell(sheet, row, column)
    cell.value = day
    cell.number_format = number_format
    return cell


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row=row, column=column)
    if not isinstance(cell, Cell):
        raise TypeError(f"row {row}, column {column} of {sheet.title} is inside a merged range")
    return cell
