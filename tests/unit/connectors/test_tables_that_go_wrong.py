"""Tables with something wrong in one place: every line is loaded or refused, none vanishes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.builders import write
from tests.hostile import ARCHIVE_HEADERS, archive_csv, archive_row, notes, take
from tests.unit.connectors.conftest import read_file
from workbench.intake.count_sheet import CountSheet
from workbench.model.limits import DEFAULT_LIMITS
from workbench.store.connection import Store

LEADS = "Lead ID,IP address,Port,Observed (UTC),File hash,Client\n"
PAYMENTS = "Reference,Date,Amount,Currency,Keywords\n"
SHEET = "xl/worksheets/sheet1.xml"
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


ROW_ABOVE = archive_row("991000001")


@pytest.mark.parametrize(
    "above",
    [
        ROW_ABOVE,
        "991000001;1.2.2026 10:00;Provider\n",
        ";1.2.2026 10:00;Provider;Importert;Kari;river_stone\n",
        "CT-991000001;1.2.2026 10:00;Provider;Importert;Kari;\n",
    ],
)
def test_a_row_above_the_header_is_refused(store: Store, tmp_path: Path, above: str) -> None:
    sheet = imported(store, tmp_path, "A list\n" + above + archive_csv(archive_row("991000003")))
    assert numbers(store) == ["991000003"]
    assert refused(sheet) == [("row_above_header", "line 2")]


def test_rows_above_a_header_that_comes_last_are_refused(store: Store, tmp_path: Path) -> None:
    text = ROW_ABOVE + archive_row("991000002") + archive_csv()
    sheet = imported(store, tmp_path, text)
    assert refused(sheet) == [("row_above_header", "line 1"), ("row_above_header", "line 2")]
    assert sheet.read == 2


def test_rows_without_any_header_are_one_refusal(store: Store, tmp_path: Path) -> None:
    sheet = imported(store, tmp_path, ROW_ABOVE + archive_row("991000002"))
    assert [code for code, _ in refused(sheet)] == ["no_column_map"]


@pytest.mark.parametrize(
    "line", [lead("L1"), "991000001,192.0.2.1,,2026-11-20T10:00:00Z,,Client\n"]
)
def test_a_lead_above_the_header_is_refused(store: Store, tmp_path: Path, line: str) -> None:
    sheet = imported(store, tmp_path, line + LEADS + lead("L2"))
    assert numbers(store) == ["L2"]
    assert refused(sheet) == [("row_above_header", "line 1")]


@pytest.mark.parametrize(
    "preamble",
    [
        "Reports of week 12\n",
        "Exported on;2026-01-01\n",
        "2026-01-01;10:00;Intake desk\n",
        "Exported on;2026-01-01;;By;Kari;\n",
        "Exported on;2026-01-01;By;Kari;Week;12\n",
        "Uke 12;Mottak;Kari\n",
        "Sak 2026/12345;Kari\n",
        ";;;;;\n",
        "Rapportnummer;Mottatt;Tilbyder;Vedtak;Avgjort av;Kallenavn 1\n",
        "Report;;;Decision;;User\n",
    ],
)
def test_what_people_write_above_a_table_is_passed_over(
    store: Store, tmp_path: Path, preamble: str
) -> None:
    sheet = imported(store, tmp_path, preamble + archive_csv(archive_row("991000003")))
    assert (sheet.read, sheet.loaded) == (1, 1)


@pytest.mark.parametrize(
    "cell",
    [
        *("#N/A", "#VERDI!", "#######", "True", "Total", "Report number"),
        *(
            "none",
            "-",
            "ukjent",
            "n/a",
            "2026-01-01T10:00:00",
            "1.2.2026 10:00",
            "10:15",
            "0",
            "000",
        ),
    ],
)
def test_a_cell_that_is_no_number_makes_no_referral(
    store: Store, tmp_path: Path, cell: str
) -> None:
    rows = [archive_row(cell), archive_row(cell, name="another"), archive_row("991000001")]
    sheet = imported(store, tmp_path, archive_csv(*rows))
    assert numbers(store) == ["991000001"]
    assert refused(sheet) == [("row_without_number", f"line {line}") for line in (2, 3)]


def test_cells_of_a_workbook_that_are_no_number_make_no_referral(
    store: Store, tmp_path: Path
) -> None:
    cells = [True, datetime(2026, 2, 1, 10, 15), time(10, 15), "#REF!", 991000001]  # noqa: DTZ001 - cells have no zone
    content = a_book(one=[ARCHIVE_HEADERS, *([cell, *ROW] for cell in cells)])
    sheet = imported(store, tmp_path, content, "t.xlsx")
    assert numbers(store) == ["991000001"]
    assert [code for code, _ in refused(sheet)] == ["row_without_number"] * 4


@pytest.mark.parametrize(
    "number", ["991000001", "991 000 001", "CyberTip #991000001", "991000001-A", "10-12-5678"]
)
def test_numbers_as_people_write_them_stay_numbers(
    store: Store, tmp_path: Path, number: str
) -> None:
    assert imported(store, tmp_path, archive_csv(archive_row(number))).loaded == 1


def test_leads_of_letters_only_are_read(store: Store, tmp_path: Path) -> None:
    text = LEADS + lead("ABC") + lead("Lead ID", 1) + lead("#REF!", 2) + lead("DEF", 3)
    assert [one.report_number for one in read_file(text.encode(), "t.csv").records] == [
        "ABC",
        "DEF",
    ]
    sheet = imported(store, tmp_path, text)
    assert sheet.loaded == 2
    assert numbers(store) == ["ABC", "DEF"]
    assert refused(sheet) == [("row_without_number", f"line {line}") for line in (3, 4)]


def test_a_workbook_invents_no_digits(store: Store, tmp_path: Path) -> None:
    headers = ["CyberTip number", "Date received (UTC)", "ESP", "ESP user ID"]
    # As a number in floating point, which is how the program itself holds it.
    rows = [["991000001", "2026-02-01", "P", 1.23456789012345e17], ["991000002", "", "P", 7.0]]
    content = a_book(one=[headers, *rows])
    assert b"1.23456789012345e+17" in zipfile.ZipFile(io.BytesIO(content)).read(SHEET).lower()
    sheet = imported(store, tmp_path, content, "t.xlsx")
    _, found = store.query("SELECT provider_user_id FROM analyst.party ORDER BY 1")
    assert found == [("1.23456789012345E+17",), ("7",)]
    assert notes(sheet) == {"ESP user ID (digits lost in a spreadsheet)"}


@pytest.mark.parametrize(
    ("rows", "loaded", "refusals"),
    [
        (
            [
                '991000001;1.2.2026;"P;Importert;Kari;a\n',
                archive_row("991000002"),
                '991000003;1.2.2026;P";Importert;Kari;c\n',
            ],
            ["991000004"],
            [("quotes_swallow_rows", "line 2")],
        ),
        (
            [
                '991000001;1.2.2026;"P;Importert;Kari;a\n',
                '991000002;1.2.2026;P";Importert;Kari;c\n',
            ],
            ["991000004"],
            [("quotes_swallow_rows", "line 2")],
        ),
        (
            ['991000001;1.2.2026;"P\nnext; line; of; a; long; text 1\nlast";Importert;Kari;a\n'],
            ["991000001", "991000004"],
            [],
        ),
    ],
)
def test_rows_that_a_quotation_mark_swallows_are_refused(
    store: Store,
    tmp_path: Path,
    rows: list[str],
    loaded: list[str],
    refusals: list[tuple[str, str]],
) -> None:
    sheet = imported(store, tmp_path, archive_csv(*rows, archive_row("991000004")))
    assert numbers(store) == loaded
    assert refused(sheet) == refusals


@pytest.mark.parametrize("above", ["", '"A list\n' + archive_row("991000003").strip() + '"\n'])
def test_rows_that_the_header_or_a_title_swallows_are_refused(
    store: Store, tmp_path: Path, above: str
) -> None:
    text = archive_csv(archive_row("991000001").strip() + '"\n', archive_row("991000002"))
    header = text if above else text.replace("Screen name", '"Screen name')
    sheet = imported(store, tmp_path, above + header)
    assert "991000002" in numbers(store)
    assert refused(sheet) == [("quotes_swallow_rows", "line 1")]


def test_a_damaged_sheet_is_named_and_the_others_are_read(store: Store, tmp_path: Path) -> None:
    rows = [ARCHIVE_HEADERS, ["991000001", *ROW]]
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_book(one=rows, two=rows, three=rows))) as source,
        zipfile.ZipFile(written, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[:-40] if name.endswith("sheet2.xml") else content)
    sheet = imported(store, tmp_path, written.getvalue(), "t.xlsx")
    assert ("not_well_formed", "two") in refused(sheet)
    assert sheet.read == 4
    assert sheet.rejected == 1


def test_one_bad_byte_costs_its_line_and_no_letter_of_the_others(
    store: Store, tmp_path: Path
) -> None:
    rows = [archive_row(f"99100000{n}", provider="Blåbærsyltetøy") for n in range(1, 4)]
    content = archive_csv(*rows).encode().replace(b"991000002;1.2.2026 10:00;B", b"991000002;;\xf8")
    sheet = imported(store, tmp_path, content)
    assert numbers(store) == ["991000001", "991000003"]
    assert refused(sheet) == [("encoding", "line 3")]
    _, found = store.query("SELECT DISTINCT provider_as_written FROM analyst.referral_version")
    assert found == [("Blåbærsyltetøy",)]


def test_a_bad_byte_behind_a_mark_costs_its_line_only(store: Store, tmp_path: Path) -> None:
    text = archive_csv(archive_row("991000001"), archive_row("991000002"))
    content = text.encode("utf-8-sig").replace(b"991000002;", b"991000002;\xff")
    sheet = imported(store, tmp_path, content)
    assert numbers(store) == ["991000001"]
    assert refused(sheet) == [("encoding", "line 3")]


def test_a_header_written_again_is_a_row_without_a_number(store: Store, tmp_path: Path) -> None:
    again = ";".join(ARCHIVE_HEADERS) + "\n"
    text = archive_csv(archive_row("991000001"), again, archive_row("991000002"))
    sheet = imported(store, tmp_path, text)
    assert numbers(store) == ["991000001", "991000002"]
    assert refused(sheet) == [("row_without_number", "line 3")]


def test_a_header_with_a_bad_byte_is_refused(store: Store, tmp_path: Path) -> None:
    text = archive_csv(archive_row("991000001", provider="Blåbærsyltetøy"))
    content = text.encode().replace(b"Screen name", b"Screen \xe5")
    assert refused(imported(store, tmp_path, content)) == [("encoding", "line 1")]


def test_the_western_code_page_is_still_read(store: Store, tmp_path: Path) -> None:
    text = archive_csv(archive_row("991000001", provider="CAFÉ’S Blåbærsyltetøy"))
    assert imported(store, tmp_path, text.encode("cp1252")).loaded == 1
    _, found = store.query("SELECT provider_as_written FROM analyst.referral_version")
    assert found == [("CAFÉ’S Blåbærsyltetøy",)]
