"""The published tables as a workbook: values and number formats, nothing that calculates."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.export.cells import write_count, write_date, write_percent, write_text
from workbench.statistics.import_rate import ImportRate

TOTAL_ROW = "Totalt"
"""The last row, named as published."""

_HEAD_ROW = 3
_HEAD_BORDER = Border(bottom=Side(style="thin"))
_TOTAL_BORDER = Border(top=Side(style="thin"))


def write_import_rate_workbook(rate: ImportRate, language: str) -> bytes:
    """Return both tables as XLSX in Kripos' layout, with the as-of date and the counting rule.

    Args:
        rate: The counts to write.
        language: en or nb; the rows' published names stay as they are.
    """
    words = wording()[language]
    book = Workbook()
    by_provider = book.worksheets[0]
    by_provider.title = words["sheet_by_provider"]
    _write_by_provider(by_provider, rate, words)
    by_year = book.create_sheet(words["sheet_by_year"], 0)
    _write_by_year(by_year, rate, words)
    book.active = 0
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@cache
def wording() -> Mapping[str, Mapping[str, str]]:
    """Return language -> name -> text of what is exported."""
    return tomllib.loads((files("workbench.export") / "wording.toml").read_text("utf-8"))


def _write_by_year(sheet: Worksheet, rate: ImportRate, words: Mapping[str, str]) -> None:
    heads = ("year", "reports_globally", "reports_to_unit", "imported", "imported_percent")
    _write_heads(sheet, words["title_by_year"], [words[head] for head in heads])
    row = _HEAD_ROW
    for row, total in enumerate(rate.totals, start=_HEAD_ROW + 1):
        # A year is a name here, but sorts and filters better as a number.
        write_count(sheet, row, 1, total.year).number_format = "0"
        write_count(sheet, row, 2, total.ncmec_reports_globally)
        write_count(sheet, row, 3, total.received)
        write_count(sheet, row, 4, total.imported)
        write_percent(sheet, row, 5, total.percent)
    _write_foot(sheet, row + 2, rate, words)
    _set_widths(sheet, [26, 22, 22, 14, 14])


def _write_by_provider(sheet: Worksheet, rate: ImportRate, words: Mapping[str, str]) -> None:
    heads = [words["received_from"]]
    for year in rate.years:
        heads += [str(year), words["imported_percent"]]
    _write_heads(sheet, words["title_by_provider"], heads)
    cells = {(row.provider, row.year): row for row in rate.rows}
    row = _HEAD_ROW
    for row, provider in enumerate(rate.providers, start=_HEAD_ROW + 1):
        write_text(sheet, row, 1, provider)
        for place, year in enumerate(rate.years):
            write_count(sheet, row, 2 + 2 * place, cells[provider, year].received)
            write_percent(sheet, row, 3 + 2 * place, cells[provider, year].percent)
    _write_total(sheet, row + 1, rate)
    _write_foot(sheet, row + 3, rate, words)
    _set_widths(sheet, [26] + [11, 13] * len(rate.years))


def _write_total(sheet: Worksheet, row: int, rate: ImportRate) -> None:
    write_text(sheet, row, 1, TOTAL_ROW)
    for place, total in enumerate(rate.totals):
        write_count(sheet, row, 2 + 2 * place, total.received)
        write_percent(sheet, row, 3 + 2 * place, total.percent)
    for column in range(1, 2 + 2 * len(rate.totals)):
        styled = sheet.cell(row=row, column=column)
        styled.font = Font(bold=True)
        styled.border = _TOTAL_BORDER


def _write_heads(sheet: Worksheet, title: str, heads: list[str]) -> None:
    write_text(sheet, 1, 1, title).font = Font(bold=True, size=13)
    for column, head in enumerate(heads, start=1):
        cell = write_text(sheet, _HEAD_ROW, column, head)
        cell.font = Font(bold=True)
        cell.border = _HEAD_BORDER
        cell.alignment = Alignment(
            horizontal="left" if column == 1 else "right", vertical="top", wrap_text=True
        )
    sheet.freeze_panes = f"B{_HEAD_ROW + 1}"
    sheet.sheet_view.showGridLines = False


def _write_foot(sheet: Worksheet, row: int, rate: ImportRate, words: Mapping[str, str]) -> None:
    write_text(sheet, row, 1, words["as_of"])
    write_date(sheet, row, 2, rate.as_of, words["date_format"])
    write_text(sheet, row + 1, 1, words["counting_rule"])
    if rate.left_out_years:
        write_text(sheet, row + 2, 1, words["left_out"])
        years = ", ".join(str(year) for year in rate.left_out_years)
        write_text(sheet, row + 3, 1, years)


def _set_widths(sheet: Worksheet, widths: list[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
