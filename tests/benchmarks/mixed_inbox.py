"""Invented files of every format for the mixed import benchmark, and what reading them bare costs."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from lxml import etree
from openpyxl import Workbook, load_workbook
from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from tests.benchmarks.import_reports import police_json, provider_xml, visit_json
from tests.unit.connectors.pdf_reports import NUMBER, whole_report
from tests.unit.connectors.pdf_writer import Heading, flowing

ROWS_A_CSV: Final = 1_500
ROWS_A_WORKBOOK: Final = 500
FIRST_NUMBER: Final = 991_100_000
# Of a hundred thousand reports. A package is what NCMEC gives to police: the PDF with the media.
MIX: Final = {
    "json": 40_000,
    "xml": 25_000,
    "zip": 14_000,
    "package": 1_000,
    "csv": 15_000,
    "xlsx": 4_900,
    "pdf": 100,
}
_CSV_HEADER: Final = (
    "Report number;Received;Provider;Incident type;Files;Screen name;Reported user e-mail;"
    "IP address;IP time;Decision;Decided;Decided by\n"
)
_XLSX_HEADER: Final = (
    "CyberTip number", "Date received (UTC)", "ESP", "Incident type", "ESP user ID", "Screen name",
    "IP address 1", "IP time 1 (UTC)", "Port 1", "File name", "Viewed by ESP", "MD5", "Victim age",
)  # fmt: skip


def file_details_of(number: int, which: int) -> bytes:
    """One invented `<fileDetails>` of ordinary size."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<fileDetails><reportId>{number}</reportId><fileId>{number * 10 + which:032x}</fileId>
<originalFileName>IMG_{which}.jpg</originalFileName><fileViewedByEsp>true</fileViewedByEsp>
<publiclyAvailable>false</publiclyAvailable><fileRelevance>Reported</fileRelevance>
<industryClassification>B2</industryClassification>
<originalFileHash hashType="MD5">{number * 100 + which:032x}</originalFileHash>
<ipCaptureEvent><ipAddress>203.0.113.{number % 250}</ipAddress><eventName>Upload</eventName>
<dateTime>2026-03-0{which + 1}T10:14:00Z</dateTime></ipCaptureEvent>
<additionalInfo>Invented remark about file {which}.</additionalInfo></fileDetails>""".encode()


def write_format(name: str, folder: Path, numbers: Sequence[int]) -> None:
    """Write reports of one format below a folder."""
    folder.mkdir(parents=True)
    if name == "xml":
        for number in numbers:
            (folder / str(number)).mkdir()
            (folder / str(number) / "report.xml").write_bytes(provider_xml(number))
            (folder / str(number) / "file.xml").write_bytes(file_details_of(number, 1))
        return
    make, together, suffix = _FILES[name]
    for start in range(0, len(numbers), together):
        file = folder / f"{numbers[start]}{suffix}"
        file.write_bytes(make(numbers[start : start + together]))


def _json(numbers: Sequence[int]) -> bytes:
    return json.dumps(police_json(numbers[0])).encode()


def _pdf(numbers: Sequence[int]) -> bytes:
    number = str(numbers[0])
    parts = [
        replace(part, text=part.text.replace(NUMBER, number)) if isinstance(part, Heading) else part
        for part in whole_report()
    ]
    return flowing(parts, number=number)


def _zip(numbers: Sequence[int]) -> bytes:
    [number] = numbers
    members = {"report.xml": provider_xml(number), "file.xml": file_details_of(number, 1)}
    return _packed(members)


def _package(numbers: Sequence[int]) -> bytes:
    return _packed({f"CyberTipline Report {numbers[0]}.pdf": _pdf(numbers)})


def _packed(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in members.items():
            package.writestr(name, member)
        package.writestr("image.jpg", b"\xff\xd8\xff\xe0" + b"invented" * 500)
    return content.getvalue()


def _csv(numbers: Sequence[int]) -> bytes:
    return (_CSV_HEADER + "".join(map(_csv_row, numbers))).encode()


def _csv_row(number: int) -> str:
    day = f"{number % 28 + 1}.{number % 12 + 1}.2026"
    return (
        f"{number};{day} 10:00;ChatterBox;Online Enticement;3;river_{number};river.{number}@example.org;"
        f"192.0.2.{number % 250};{day} 09:{number % 60:02d};Importert;{day} 12:00;Kari\n"
    )


def _workbook(numbers: Sequence[int]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Reports")
    sheet.append(_XLSX_HEADER)
    for number in numbers:
        day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}T10:00:00"
        ip = f"198.51.100.{number % 250}"
        sheet.append(
            [str(number), day, "ChatterBox", "Online Enticement", f"cb:{number}", f"river_{number}",
             ip, day, 40000 + number % 9999, "IMG_1.jpg", "true", f"{number:032x}", 13]
        )  # fmt: skip
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# How a file is made, of how many reports, and what its name ends with.
_FILES: Final[dict[str, tuple[Callable[[Sequence[int]], bytes], int, str]]] = {
    "json": (_json, 1, ".json"),
    "zip": (_zip, 1, ".zip"),
    "package": (_package, 1, ".zip"),
    "csv": (_csv, ROWS_A_CSV, ".csv"),
    "xlsx": (_workbook, ROWS_A_WORKBOOK, ".xlsx"),
    "pdf": (_pdf, 1, ".pdf"),
}


def _bare_xml(content: bytes) -> int:
    return sum(
        1 + len(element.attrib) + (element.text is not None)
        for element in etree.fromstring(content).iter()
    )


def _bare_zip(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return sum(
            BARE[name[-4:]](package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".pdf"))
        )


def _bare_csv(content: bytes) -> int:
    lines = io.StringIO(content.decode(), newline="")
    return sum(1 for row in csv.reader(lines, delimiter=";") for cell in row if cell is not None)


def _bare_xlsx(content: bytes) -> int:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows())
    return sum(1 for row in rows for cell in row if cell.value is not None)


def _bare_pdf(content: bytes) -> int:
    """Visit every letter, line and picture where it stands; grouping them is no part of a parse."""

    def visit(element: object) -> int:
        return 1 + sum(visit(item) for item in element) if hasattr(element, "__iter__") else 1

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    found = 0
    for page in PDFPage.get_pages(io.BytesIO(content)):
        interpreter.process_page(page)
        found += visit(device.get_result())
    return found


BARE: Final[dict[str, Callable[[bytes], int]]] = {
    ".json": lambda content: visit_json(json.loads(content)),
    ".xml": _bare_xml,
    ".zip": _bare_zip,
    ".csv": _bare_csv,
    ".xlsx": _bare_xlsx,
    ".pdf": _bare_pdf,
}


def read_bare(files: Sequence[Path]) -> int:
    """Parse files and visit every node, cell and letter; nothing else."""
    return sum(BARE[file.suffix](file.read_bytes()) for file in files)
