"""CSV text, whatever wrote it, to lines of cells."""

import codecs
import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from connectors.tabular.sheets import Line, Sheet
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import Limits
from workbench.model.record import SourceFile

_DELIMITERS: Final = (";", "\t", ",", "|")
_CELL_TOO_LONG: Final = "field larger than field limit"  # as the library says it
_LOOKED_AT: Final = 4_096  # letters
_DECODED_AT_ONCE: Final = 1_000_000  # bytes
_KEEPS_BAD_BYTES: Final = "surrogateescape"
_BAD_BYTE: Final = re.compile("[\udc80-\udcff]")  # as that shows it
_LETTER: Final = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, decoded line by line: a whole large text takes four bytes a letter."""

    content: bytes
    encoding: str
    errors: str = "strict"

    @property
    def has_bad_bytes(self) -> bool:
        """Say whether a few bytes are no letters; their lines cannot be read."""
        return self.errors == _KEEPS_BAD_BYTES

    def lines(self) -> io.TextIOWrapper:
        """Return the lines from the beginning, with the ends that they have."""
        return self.lines_of(io.BytesIO(self.content))

    def lines_of(self, stream: io.BytesIO) -> io.TextIOWrapper:
        """Return the lines of a stream of the content, whose place tells how far one has read."""
        return io.TextIOWrapper(stream, self.encoding, self.errors, newline="")

    def first_letter(self) -> str:
        """Return the first letter that is not blank."""
        with self.lines() as lines:
            while part := lines.read(_LOOKED_AT):
                if letter := part.lstrip()[:1]:
                    return letter
        return ""


def text_of(file: SourceFile) -> str | None:
    """Return the whole text of a file, whatever wrote it; None if it is not text."""
    text = table_text(file)
    if text is None:
        return None
    with text.lines() as lines:
        whole = lines.read()
    return _BAD_BYTE.sub("\ufffd", whole) if text.has_bad_bytes else whole


def table_text(file: SourceFile) -> Text | None:
    """Return the text of a CSV file, whatever wrote it; None if it is not text."""
    content = file.content
    if content.startswith(BOM_UTF8):
        return _decodable(content, "utf-8-sig") or Text(content, "utf-8-sig", _KEEPS_BAD_BYTES)
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _decodable(content, "utf-16")
    if b"\0" in content[:4]:
        return _decodable(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    if b"\0" in content:
        return None
    return _decodable(content, "utf-8") or _doubtful(content)


def _doubtful(content: bytes) -> Text:
    if _is_nearly_utf8(content):
        return Text(content, "utf-8", _KEEPS_BAD_BYTES)
    # Excel in Western Europe saves "CSV" without a mark in its own code page.
    return Text(content, "cp1252", "replace")


def _is_nearly_utf8(content: bytes) -> bool:
    """Say whether most of its letters beyond ASCII are UTF-8, so that a few bytes are damaged.

    Read in the Western code page, every such letter of the whole file would become two others.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(_KEEPS_BAD_BYTES)
    letters = bad = 0
    view = memoryview(content)
    for place in range(0, len(content), _DECODED_AT_ONCE):
        part = decoder.decode(view[place : place + _DECODED_AT_ONCE])
        if not part.isascii():
            letters += len(_LETTER.findall(part))
            bad += len(_BAD_BYTE.findall(part))
    return letters > bad


def _decodable(content: bytes, encoding: str) -> Text | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    try:
        for place in range(0, len(content), _DECODED_AT_ONCE):
            decoder.decode(view[place : place + _DECODED_AT_ONCE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return Text(content, encoding)


def first_line(text: Text, limits: Limits) -> list[str]:
    """Return the cells of the first line that is not blank; none if it cannot be read."""
    try:
        return next((line.cells for line in _lines(text, limits) if any(line.cells)), [])
    except _BadTableError:
        return []


def csv_sheet(file: SourceFile, text: Text, limits: Limits) -> Sheet:
    """Return the one sheet of a CSV file."""
    return Sheet("", _guarded(file, _lines(text, limits), limits))


class _BadTableError(ValueError):
    """The text cannot be read on as a table; `place` says where it begins to be none."""

    def __init__(self, place: str, sentence: str, *, is_too_large: bool) -> None:
        super().__init__(sentence)
        self.place = place
        self.is_too_large = is_too_large


class _LongLineError(csv.Error):
    """A line, or a cell, is longer than the limit."""


class _Feed(Iterator[str]):
    """The lines of a text, none of them endless; `has_ended` once somebody asked for more."""

    def __init__(self, lines: io.TextIOWrapper, longest: int) -> None:
        self._lines = lines
        self._longest = longest
        self.has_ended = False

    def __next__(self) -> str:
        line = self._lines.readline(self._longest + 1)
        if not line:
            self.has_ended = True
            raise StopIteration
        if len(line) > self._longest:
            raise _LongLineError(f"a line is longer than {self._longest:,} characters")
        return line


def _lines(text: Text, limits: Limits) -> Iterator[Line]:
    """Yield the lines of a CSV text; the delimiter is the one its header uses most."""
    longest = limits.table_cell_characters
    csv.field_size_limit(longest)
    start, above = 1, 0
    try:
        with text.lines() as lines:
            head = next((line for line in _Feed(lines, longest) if line.strip()), "").strip("\r\n")
        delimiter = max(_DELIMITERS, key=head.count)
        is_hint = head.lower().startswith("sep=") and len(head) > len("sep=")  # Excel's own
        if is_hint:
            delimiter = head[len("sep=")]
        stream = io.BytesIO(text.content)  # shares the bytes
        with text.lines_of(stream) as lines:
            feed = _Feed(lines, longest)
            if is_hint:
                above = next(count for count, line in enumerate(feed, start=1) if line.strip())
            reader = csv.reader(feed, delimiter=delimiter)
            start += above
            has_bad_bytes = text.has_bad_bytes
            for cells in reader:
                _refuse_open_quote(feed)
                end = above + reader.line_num
                yield Line(
                    f"line {start}",
                    cells,
                    stream.tell() / len(text.content),
                    delimiter=delimiter if end > start else "",
                    is_garbled=has_bad_bytes and any(map(_BAD_BYTE.search, cells)),
                )
                start = end + 1
    except (csv.Error, TypeError) as error:  # TypeError: a hint that names no usable delimiter
        is_too_large = isinstance(error, _LongLineError) or _CELL_TOO_LONG in str(error)
        why = (
            f"a cell is longer than {longest:,} characters"
            if _CELL_TOO_LONG in str(error)
            else error
        )
        raise _BadTableError(
            f"line {start}", f"The table cannot be read on: {why}.", is_too_large=is_too_large
        ) from error


def _refuse_open_quote(feed: _Feed) -> None:
    if feed.has_ended:  # the reader went on looking for the end of its row
        raise csv.Error("a quotation mark is opened and never closed")


def _guarded(file: SourceFile, lines: Iterator[Line], limits: Limits) -> Iterator[Line]:
    try:
        yield from lines
    except _BadTableError as bad:
        code, remedy = (
            "not_well_formed",
            "Correct that line, or save the table again as CSV or XLSX.",
        )
        if bad.is_too_large:
            code = "too_large"
            remedy = limits.remedy("table_cell_characters", "Correct that line")
        raise RecordRejectedError(
            str(bad), code=code, remedy=remedy, location=SourceLocation(file.name, bad.place)
        ) from bad
