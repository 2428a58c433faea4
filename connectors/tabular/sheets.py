"""CSV text and workbooks to sheets of text cells, each row with its place."""

import csv
import io
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.record import SetAside, SourceFile

_WORKBOOK_PART: Final = "xl/workbook.xml"
_SUFFIXES: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})
_DELIMITERS: Final = (";", "\t", ",", "|")
_LARGEST_WORKBOOK_BYTES: Final = 1024**3  # unpacked; a workbook can be packed a thousandfold
_LONGEST_CELL: Final = 10_000_000
# What openpyxl lets through when a part is missing, cut short or not XML (a SyntaxError of lxml).
_DAMAGE: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
)


@dataclass(slots=True, frozen=True)
class Line:
    """One row of cells. `place` is how an officer finds it: `line 4`, `Sheet1!A4`."""

    place: str
    cells: list[Any]  # text, True, False, None; dates and times as ISO text


@dataclass(slots=True, frozen=True)
class Sheet:
    """A table with its name; empty for CSV, which has one."""

    name: str
    lines: Iterator[Line]


def is_workbook(content: bytes) -> bool:
    """Say whether it is an Office workbook: a ZIP with a workbook part."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _WORKBOOK_PART in package.namelist()
    except zipfile.BadZipFile:
        return False


def is_table_by_name(file: SourceFile) -> bool:
    """Say whether somebody called it a table, so that the lack of a map is worth saying."""
    return PurePath(file.name).suffix.lower() in _SUFFIXES


def text_of(file: SourceFile) -> str | None:
    """Return the text of a CSV file, whatever wrote it; None if it is not text."""
    content = file.content
    if content.startswith(BOM_UTF8):
        return _decoded(content, "utf-8-sig")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _decoded(content, "utf-16")
    if b"\0" in content[:4]:
        return _decoded(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    if b"\0" in content:
        return None
    # Excel in Western Europe saves "CSV" without a mark in its own code page.
    text = _decoded(content, "utf-8")
    return text if text is not None else content.decode("cp1252", errors="replace")


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def first_line(text: str) -> list[str]:
    """Return the cells of the first line that is not blank."""
    for line in csv_lines(text):
        if any(line.cells):
            return line.cells
    return []


def csv_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a CSV text; the delimiter is the one its header uses most."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    if head.lower().startswith("sep=") and len(head) > len("sep="):  # Excel's own hint
        delimiter = head[len("sep=")]
        text = text.partition(head)[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    for cells in reader:
        yield Line(f"line {start}", cells)
        start = reader.line_num + 1


def csv_sheet(file: SourceFile, text: str) -> Sheet:
    """Return the one sheet of a CSV file."""
    return Sheet("", _guarded(file, csv_lines(text)))


def _guarded(file: SourceFile, lines: Iterator[Line]) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from lines
    except csv.Error as error:
        raise RecordRejectedError(
            f"The table cannot be read on: {error}.",
            code="not_well_formed",
            remedy="Save the table again as CSV or XLSX.",
            location=SourceLocation(file.name),
        ) from error


def workbook_sheets(file: SourceFile) -> Iterator[Sheet | SetAside]:
    """Yield the sheets of a workbook, and what else is packed into it as set aside."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as package:
        members = package.infolist()
    if sum(member.file_size for member in members) > _LARGEST_WORKBOOK_BYTES:
        raise _unreadable(file, "too_large", "The workbook unpacks to more than 1 GB.")
    for member in members:
        if member.filename.startswith(("xl/media/", "xl/embeddings/")):
            yield SetAside(
                file=f"{file.name}!/{member.filename}",
                kind="media",
                byte_count=member.file_size,
                reason="a picture or object inside a workbook is never unpacked",
            )
    try:
        book = load_workbook(io.BytesIO(file.content), read_only=True, data_only=True)
    except _DAMAGE as error:
        raise _unreadable(file, "not_well_formed", "The workbook is damaged.") from error
    for sheet in book.worksheets:
        yield Sheet(sheet.title, _undamaged(file, _sheet_lines(sheet)))


def _undamaged(file: SourceFile, lines: Iterator[Line]) -> Iterator[Line]:
    while True:
        try:
            line = next(lines, None)
        except _DAMAGE as error:
            raise _unreadable(file, "not_well_formed", "A sheet is damaged.") from error
        if line is None:
            return
        yield line


def _sheet_lines(sheet: Any) -> Iterator[Line]:  # noqa: ANN401 - openpyxl's read-only sheet has no type
    # A stated size can be wrong, and then the last columns would be lost.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_cell_text(cell) for cell in row]
        first = next((i for i, cell in enumerate(cells) if cell not in (None, "")), 0)
        yield Line(f"{sheet.title}!{get_column_letter(first + 1)}{number}", cells)


def _cell_text(cell: Any) -> Any:  # noqa: ANN401 - openpyxl cell -> text, bool or None
    value = cell.value
    match value:
        case None | bool() | str():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            has_clock = value.time() != time(0) or "h" in str(cell.number_format).lower()
            return value.isoformat(sep="T") if has_clock else value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)


def _unreadable(file: SourceFile, code: str, sentence: str) -> RecordRejectedError:
    return RecordRejectedError(
        sentence,
        code=code,
        remedy="Open it in the spreadsheet program, save it again, and import that.",
        location=SourceLocation(file.name),
    )
