"""The workbook: both tables as values with number formats, and no text that calculates."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbench.export.cells import write_text
from workbench.export.workbook import write_import_rate_workbook
from workbench.statistics.import_rate import ImportRate, ImportRateRow, ImportRateTotal

RATE = ImportRate(
    as_of=date(2026, 11, 22),
    rows=(
        ImportRateRow("KIK", 2018, 0, 0, 0.0),
        ImportRateRow("KIK", 2019, 62, 61, 98.4),
        ImportRateRow("Øvrige", 2018, 1376, 223, 16.2),
        ImportRateRow("Øvrige", 2019, 744, 310, 41.7),
    ),
    totals=(
        ImportRateTotal(2018, 1376, 223, 16.2, None),
        ImportRateTotal(2019, 806, 371, 46.0, 16987361),
    ),
    left_out_years=(2025, 2026),
)


def sheets(rate: ImportRate, language: str) -> tuple[Worksheet, Worksheet]:
    book = load_workbook(BytesIO(write_import_rate_workbook(rate, language)))
    first, second = book.worksheets
    return first, second


def values(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row] if cell.value is not None]


def formats(sheet: Worksheet, row: int) -> list[str]:
    return [cell.number_format for cell in sheet[row] if cell.value is not None]


def test_table_1_has_a_row_a_year_with_a_blank_where_nothing_was_published() -> None:
    table_1, _ = sheets(RATE, "nb")
    assert table_1.title == "Tabell 1"
    assert values(table_1, 4) == [2018, 1376, 223, 0.162]
    assert table_1["B4"].value is None
    assert values(table_1, 5) == [2019, 16987361, 806, 371, 0.46]
    assert formats(table_1, 5) == ["0", "#,##0", "#,##0", "#,##0", "0.0%"]


def test_table_2_has_kripos_layout_rest_and_total_last() -> None:
    _, table_2 = sheets(RATE, "en")
    assert values(table_2, 3) == ["Received from NCMEC", "2018", "Imported %", "2019", "Imported %"]
    assert values(table_2, 4) == ["KIK", 0, 0, 62, 0.984]
    assert values(table_2, 5) == ["Øvrige", 1376, 0.162, 744, 0.417]
    assert values(table_2, 6) == ["Totalt", 1376, 0.162, 806, 0.46]
    assert formats(table_2, 4) == ["General", "#,##0", "0.0%", "#,##0", "0.0%"]


@pytest.mark.parametrize("language", ["en", "nb"])
def test_both_sheets_say_as_of_when_by_which_rule_and_what_is_left_out(language: str) -> None:
    for sheet in sheets(RATE, language):
        written = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
        texts = [value for value in written if isinstance(value, str)]
        rule = "counts once" if language == "en" else "telles én gang"
        assert any(rule in text for text in texts)
        assert "2025, 2026" in texts
        [as_of] = [cell for row in sheet.iter_rows() for cell in row if cell.is_date and cell.value]
        assert as_of.value.date() == date(2026, 11, 22)


def test_the_languages_have_the_same_words() -> None:
    english, norwegian = (sheets(RATE, language) for language in ("en", "nb"))
    for one, other in zip(english, norwegian, strict=True):
        assert one.dimensions == other.dimensions
        assert one["A1"].value != other["A1"].value


def test_an_empty_table_is_still_a_workbook() -> None:
    table_1, table_2 = sheets(ImportRate(date(2026, 1, 1), (), (), ()), "en")
    assert values(table_1, 3)[0] == "Year"
    assert values(table_2, 4) == ["Totalt"]


@pytest.mark.parametrize(
    "name", ["=1+1", "+47", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")', "\t=1", "'x"]
)
def test_foreign_text_never_becomes_a_formula(name: str) -> None:
    rows = tuple(replace(row, provider=name) for row in RATE.rows if row.provider == "KIK")
    written = write_import_rate_workbook(replace(RATE, rows=rows), "en")
    _, table_2 = load_workbook(BytesIO(written)).worksheets
    assert table_2["A4"].data_type == "s"
    assert table_2["A4"].value == name
    with ZipFile(BytesIO(written)) as archive:
        for member in archive.namelist():
            if member.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ >]", archive.read(member))


def test_characters_a_workbook_cannot_hold_are_shown_as_replaced() -> None:
    sheet = Workbook().worksheets[0]
    assert write_text(sheet, 1, 1, "a\x00b\x0bc\nd").value == "a\ufffdb\ufffdc\nd"
