"""Forged files, built by the tests that import them: nothing here is kept in the tree."""

import io
import json
import struct
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from tests.builders import police_json

ARCHIVE_HEADERS = ("Report number", "Received", "Provider", "Decision", "Decided by", "Screen name")
CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def police_text(report_number: str | int = "991000602", **person: Any) -> str:
    """Return a police JSON as text, with what one reported person holds."""
    report = police_json(report_number)
    report["reportedInformation"]["reportedPeople"]["reportedPersons"] = [person]
    return json.dumps(report)


def archive_row(report_number: str, provider: str = "Provider", name: str = "river_stone") -> str:
    """Return a line of the unit's archive table, with semicolons."""
    return f"{report_number};1.2.2026 10:00;{provider};Importert;Kari;{name}\n"


def archive_csv(*rows: str) -> str:
    """Return such a table with its header."""
    return ";".join(ARCHIVE_HEADERS) + "\n" + "".join(rows)


def package(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    """Return a packed ZIP; two members may share a name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the shared name
        for name, content in members:
            opened.writestr(name, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def lying(packed: bytes, where: bytes, offset: int, kind: str, value: int) -> bytes:
    """Return a package in which one field of its directory says something else."""
    forged = bytearray(packed)
    struct.pack_into(kind, forged, forged.find(where) + offset, value)
    return bytes(forged)


def workbook(rows: Iterable[Sequence[object]], *, merged: Sequence[str] = ()) -> bytes:
    """Return a workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place in merged:
        sheet.merge_cells(place)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def forged_workbook(*rows: bytes, prologue: bytes = b"", texts: bytes = b"") -> bytes:
    """Return a workbook whose sheet holds the archive's header and then these raw rows."""
    header = b"".join(
        b'<c r="%c1" t="inlineStr"><is><t>%s</t></is></c>' % (65 + index, header.encode())
        for index, header in enumerate(ARCHIVE_HEADERS)
    )
    written = io.BytesIO()
    whole = workbook([ARCHIVE_HEADERS, ["991000602", "1.2.2026", "X", "Importert", "Kari", "a"]])
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                before, _, rest = content.partition(b"<sheetData>")
                _, _, after = rest.partition(b"</sheetData>")
                data = b'<sheetData><row r="1">' + header + b"</row>" + b"".join(rows)
                content = prologue + before + data + b"</sheetData>" + after
            target.writestr(name, content)
        if texts:
            target.writestr("xl/sharedStrings.xml", b"<sst>" + texts + b"</sst>")
    return written.getvalue()


def raw_row(number: int, report_number: str, cell: bytes = b"") -> bytes:
    """Return a row of such a sheet; `cell` is raw markup of a further cell."""
    return (
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c>'
        % (number, number, report_number.encode())
        + cell
        + b"</row>"
    )
