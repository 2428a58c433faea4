"""Forged files, built by the tests that import them, and how they are imported."""

import io
import json
import struct
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from connectors.registry import connectors
from tests.builders import police_json, write
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.intake.imports import find_import, read_count_sheet
from workbench.settings import Settings
from workbench.store.audit import run_audits
from workbench.store.connection import Store

GOOD = 991999999  # the number of the good report beside each hostile file
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


def take(store: Store, *paths: Path, **settings: int) -> CountSheet:
    """Import, and check what holds for every import."""
    sheet = import_paths(store, paths, connectors=connectors(None), settings=Settings(**settings))
    assert sheet.adds_up
    assert all(audit.holds for audit in run_audits(store))
    assert read_count_sheet(store, find_import(store, sheet.batch_id)).as_json() == sheet.as_json()
    for rejection in sheet.rejections:
        assert rejection["file"].isprintable()
        assert rejection["message"]
        assert rejection["remedy"]
        assert rejection["code"] != "reader_failed", rejection
    return sheet


def attack(store: Store, folder: Path, name: str, content: str | bytes) -> CountSheet:
    """Import a hostile file with a good one behind it, which must be loaded whatever happens."""
    write(folder, f"in/{name}", content)
    write(folder, "in/zz_good.json", police_json(GOOD))
    sheet = take(store, folder / "in")
    assert (str(GOOD),) in store.query("SELECT report_number FROM analyst.referral")[1]
    return sheet


def notes(sheet: CountSheet) -> set[str]:
    """Return the fields that the count sheet points at."""
    return {row["field"] for row in sheet.unread_fields()}
