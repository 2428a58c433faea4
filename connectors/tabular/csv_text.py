"""CSV text, whatever wrote it, to lines of cells."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from typing import Final

from connectors.tabular.sheets import LONGEST_CELL, Line, Sheet
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.record import SourceFile

_DELIMITERS: Final = (";", "\t", ",", "|")
_LONGEST_LINE: Final = LONGEST_CELL
_LINE: Final = re.compile(r"[^\r\n]*+(?:\r\n?|\n)?")


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
    """Return the cells of the first line that is not blank; none if it cannot be read."""
    try:
        return next((line.cells for line in _lines(text) if any(line.cells)), [])
    except _BadTableError:
        return []


def csv_sheet(file: SourceFile, text: str) -> Sheet:
    """Return the one sheet of a CSV file."""
    return Sheet("", _guarded(file, _lines(text)))


class _BadTableError(ValueError):
    """The text cannot be read on as a table; `place` says where it begins to be none."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place


class _Feed(Iterator[str]):
    """The lines of a text, none of them endless; `has_ended` once somebody asked for more.

    A stream over the text would hold it again, with four bytes a letter.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self.has_ended = False

    def __next__(self) -> str:
        found = _LINE.match(self._text, self._place)
        if found is None or found.end() == self._place:
            self.has_ended = True
            raise StopIteration
        if found.end() - self._place > _LONGEST_LINE:
            raise csv.Error(f"a line is longer than {_LONGEST_LINE:,} characters")
        self._place = found.end()
        return found[0]


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines of a CSV text; the delimiter is the one its header uses most."""
    csv.field_size_limit(LONGEST_CELL)
    start = 1
    try:
        head = next((line for line in _Feed(text) if line.strip()), "").strip("\r\n")
        delimiter = max(_DELIMITERS, key=head.count)
        if head.lower().startswith("sep=") and len(head) > len("sep="):  # Excel's own hint
            delimiter = head[len("sep=")]
            text = text.partition(head)[2]
        feed = _Feed(text)
        reader = csv.reader(feed, delimiter=delimiter)
        for cells in reader:
            _refuse_open_quote(feed)
            yield Line(f"line {start}", cells)
            start = reader.line_num + 1
    except (csv.Error, TypeError) as error:  # TypeError: a hint that names no usable delimiter
        raise _BadTableError(f"line {start}", f"The table cannot be read on: {error}.") from error


def _refuse_open_quote(feed: _Feed) -> None:
    if feed.has_ended:  # the reader went on looking for the end of its row
        raise csv.Error("a quotation mark is opened and never closed")


def _guarded(file: SourceFile, lines: Iterator[Line]) -> Iterator[Line]:
    try:
        yield from lines
    except _BadTableError as bad:
        raise RecordRejectedError(
            str(bad),
            code="not_well_formed",
            remedy="Correct that line, or save the table again as CSV or XLSX.",
            location=SourceLocation(file.name, bad.place),
        ) from bad
