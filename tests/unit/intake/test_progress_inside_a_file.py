"""One large file is told of as it is read, whatever its format: not nothing, and then the whole."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from connectors.registry import connectors
from tests.builders import police_json, provider_xml, write
from tests.unit.connectors.pdf_reports import NUMBER, whole_report
from tests.unit.connectors.pdf_writer import Heading, flowing
from workbench.intake.found import find_files
from workbench.intake.reading import UnitReader
from workbench.intake.units import Unit, cut
from workbench.model.limits import DEFAULT_LIMITS
from workbench.store.scratch import scratch

REPORTS = range(991_000_000, 991_000_040)
RECORDS_A_PIECE = 4
HEADER = ("CyberTip number", "Date received (UTC)", "ESP", "Incident type", "Screen name")


def json_list() -> bytes:
    return json.dumps([police_json(number) for number in REPORTS]).encode()


def xml_container() -> bytes:
    reports = (f"<internetDetails><n>{number}</n></internetDetails>" for number in REPORTS)
    return f"<reports>{''.join(map(provider_xml, reports))}</reports>".encode()


def rows() -> list[tuple[str, ...]]:
    day = "2026-03-01T10:00:00"
    return [(str(number), day, "ChatterBox", "Other", f"river_{number}") for number in REPORTS]


def table() -> bytes:
    content = io.StringIO()
    csv.writer(content).writerows([HEADER, *rows()])
    # Its place is known by the blocks in which it is decoded.
    return content.getvalue().replace("river", "river" * 400).encode()


def workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in [HEADER, *rows()]:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def package() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as members:
        for number in REPORTS:
            members.writestr(f"{number}.json", json.dumps(police_json(number)))
    return content.getvalue()


def units_of(path: Path) -> list[Unit]:
    with scratch() as notes:
        return list(cut(find_files(notes, [path])))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.json", json_list),
        ("all.xml", xml_container),
        ("table.csv", table),
        ("book.xlsx", workbook),
        ("packed.zip", package),
    ],
)
def test_one_large_file_is_told_of_as_it_is_read(
    tmp_path: Path, name: str, content: Callable[[], bytes]
) -> None:
    file = write(tmp_path, name, content())
    [unit] = units_of(file)
    reader = UnitReader(connectors(None), "batch", 10_000_000, RECORDS_A_PIECE, DEFAULT_LIMITS)
    pieces = list(reader.pieces(unit))
    assert sum(piece.record_count for piece in pieces) == len(REPORTS)
    told = [piece.done_bytes for piece in pieces]
    assert sum(told) == file.stat().st_size
    # No step is half of the file, and the steps are about as even as the reports are.
    assert max(told) < file.stat().st_size / 2, told
    assert sum(step > 0 for step in told) > len(REPORTS) / RECORDS_A_PIECE / 2, told


def pdf(number: int) -> bytes:
    parts = [
        replace(part, text=part.text.replace(NUMBER, str(number)))
        if isinstance(part, Heading)
        else part
        for part in whole_report()
    ]
    return flowing(parts, number=str(number))


def test_a_package_of_pdfs_is_told_of_every_few_reports(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as members:
        for number in REPORTS[:30]:
            members.writestr(f"{number}.pdf", pdf(number))
    [unit] = units_of(write(tmp_path, "packed.zip", content.getvalue()))
    reader = UnitReader(connectors(None), "batch", 10_000_000, 1_000, DEFAULT_LIMITS)
    counts = [piece.record_count for piece in reader.pieces(unit)]
    assert sum(counts) == 30
    assert max(counts) < 15, counts


def test_packages_that_may_hold_pdfs_are_shared_among_those_who_read(tmp_path: Path) -> None:
    for number in REPORTS:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as members:
            members.writestr(f"{number}.pdf", pdf(number))
        write(tmp_path, f"{number}.zip", content.getvalue())
    shares = [len(unit.folders[0].found) for unit in units_of(tmp_path)]
    assert sum(shares) == len(REPORTS)
    assert max(shares) <= len(REPORTS) / 4, shares
