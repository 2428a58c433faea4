"""Tables with something wrong in one place: every line is loaded or refused, none vanishes."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from connectors.registry import connectors
from tests.builders import write
from tests.hostile import ARCHIVE_HEADERS, archive_csv, archive_row, take
from workbench.intake.count_sheet import CountSheet
from workbench.model.limits import DEFAULT_LIMITS
from workbench.store.connection import Store

LEADS = "Lead ID,IP address,Port,Observed (UTC),File hash,Client\n"
PAYMENTS = "Reference,Date,Amount,Currency,Keywords\n"
ROW = ("1.2.2026 10:00", "Provider", "Importert", "Kari", "river_stone")


def lead(number: str, minute: int = 0) -> str:
    return f"{number},192.0.2.1,6881,2026-11-20T10:{minute:02}:00Z,{'a' * 40},Client\n"


def payment(number: str, amount: int = 100) -> str:
    return f"{number},2026-11-01T12:00:00Z,{amount}.00,NOK,gift\n"


def imported(store: Store, folder: Path, content: str | bytes, name: str = "t.csv") -> CountSheet:
    write(folder, f"in/{name}", content)
    return take(store, folder / "in")


def numbers(store: Store) -> list[str]:
    _, rows = store.query("SELECT report_number FROM analyst.referral ORDER BY 1")
    return [number for (number,) in rows]


def refused(sheet: CountSheet) -> list[tuple[str, str]]:
    return [(rejection["code"], rejection["location"]) for rejection in sheet.rejections]


def a_book(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("table", [LEADS, PAYMENTS])
@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ('"991000003,1', "not_well_formed"),
        ("9" * (DEFAULT_LIMITS.table_cell_characters + 1), "too_large"),
    ],
)
def test_the_lines_before_the_one_that_ends_a_table_are_loaded(
    store: Store, tmp_path: Path, table: str, broken: str, code: str
) -> None:
    line = lead if table == LEADS else payment
    text = table + line("991000001") + line("991000002", 1) + line("991000002", 2) + broken
    sheet = imported(store, tmp_path, text)
    assert numbers(store) == ["991000001", "991000002"]
    assert refused(sheet) == [(code, "line 5")]


def test_a_bad_sheet_does_not_take_those_behind_it(store: Store, tmp_path: Path) -> None:
    doubled = (*ARCHIVE_HEADERS, ARCHIVE_HEADERS[0])
    content = a_book(
        legend=[["Red", "urgent"]],
        one=[ARCHIVE_HEADERS, ["991000001", *ROW]],
        two=[doubled, ["991000002", *ROW, "x"]],
        three=[ARCHIVE_HEADERS, ["991000003", *ROW]],
    )
    sheet = imported(store, tmp_path, content, "t.xlsx")
    assert numbers(store) == ["991000001", "991000003"]
    assert refused(sheet) == [("duplicate_header", "two!A1")]
    assert [aside["kind"] for aside in sheet.set_aside] == ["sheet_without_map"]


def test_a_book_whose_only_table_is_bad_is_refused_once(store: Store, tmp_path: Path) -> None:
    doubled = (*ARCHIVE_HEADERS, ARCHIVE_HEADERS[0])
    content = a_book(one=[doubled, ["991000001", *ROW, "x"]], legend=[["Red", "urgent"]])
    sheet = imported(store, tmp_path, content, "t.xlsx")
    assert refused(sheet) == [("duplicate_header", "one!A1")]


@pytest.mark.parametrize("hint", ["sep=;\n", "\n\nsep=;\r\n"])
def test_lines_are_counted_with_the_hint_above_them(
    store: Store, tmp_path: Path, hint: str
) -> None:
    text = hint + archive_csv(archive_row("991000001"), archive_row(""))
    sheet = imported(store, tmp_path, text)
    [(code, place)] = refused(sheet)
    assert (code, place) == ("row_without_number", f"line {hint.count(chr(10)) + 3}")
