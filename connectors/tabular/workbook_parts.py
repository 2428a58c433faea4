"""A look through a workbook before anything parses it: its parts can be forged as any file can."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import Limits
from workbench.model.record import SetAside, SourceFile

_WORKBOOK_PART: Final = "xl/workbook.xml"
_PICTURES: Final = ("xl/media/", "xl/embeddings/")
_OVERLAP: Final = 64  # bytes, so that no mark hides between two chunks
# Limit of what is counted -> how each of them begins.
_COUNTED: Final = {
    "sheet_rows": re.compile(rb"<row[\s/>]"),
    "sheet_cells": re.compile(rb"<c[\s/>]"),
    "workbook_texts": re.compile(rb"<si[\s/>]"),
    "workbook_styles": re.compile(rb"<(?:xf|font|fill|border|definedName|mergeCell)[\s/>]"),
}
_ABOVE: Final = {
    "sheet_rows": "A sheet claims more than {:,} rows.",
    "sheet_cells": "A sheet claims more than {:,} cells.",
    "workbook_texts": "The workbook holds more than {:,} texts.",
    "workbook_styles": "The workbook holds more than {:,} styles.",
    "workbook_bytes": "The workbook unpacks to more than {:,} bytes.",
    "table_cell_characters": "A cell of the workbook is longer than {:,} characters.",
}
_DOCTYPE: Final = b"<!DOCTYPE"
_FORMULA: Final = re.compile(rb"<f[\s/>]")
_MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_BLANK: Final = b" \t\r\n\xef\xbb\xbf"
_SAVE_AGAIN: Final = "Open it in the spreadsheet program, save it again, and import that."


@dataclass(slots=True)
class Looked:
    """What the look found that the parser would not say."""

    limits: Limits  # that it kept to
    has_formulas: bool
    merged: dict[str, list[str]]  # name of a part -> ranges of merged cells
    set_aside: list[SetAside]
    row_count: int = 0  # of all sheets
    rows_read: int = 0


def is_workbook(content: bytes) -> bool:
    """Say whether it is an Office workbook: a ZIP with a workbook part."""
    if not content.startswith(b"PK\x03\x04") or _WORKBOOK_PART.encode() not in content:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _WORKBOOK_PART in package.namelist()
    except Exception:  # noqa: BLE001 - a forged directory lets zipfile raise nearly anything
        return False


def look_through(file: SourceFile, limits: Limits) -> Looked:
    """Read every part once, without parsing it.

    Raises:
        RecordRejectedError: It is too large, damaged, or brings a document type.
    """
    looked = Looked(limits, has_formulas=False, merged={}, set_aside=[])
    left = limits.workbook_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as package:
            for member in package.infolist():
                if member.filename.startswith(_PICTURES):
                    looked.set_aside.append(_picture(file, member))
                else:
                    left -= _Part(file, member, limits).look_at(package, left, looked)
    except RecordRejectedError:
        raise
    except Exception as error:  # as above
        raise unreadable(file, "not_well_formed", "The workbook is damaged.") from error
    return looked


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a workbook, looked at piece by piece."""

    file: SourceFile
    member: zipfile.ZipInfo
    limits: Limits

    def look_at(self, package: zipfile.ZipFile, left: int, looked: Looked) -> int:
        """Return how many bytes it has; refuse what no reader should meet."""
        read = 0
        # A piece without a tag in it is text, and two of them are one text above the limit.
        size = max(self.limits.table_cell_characters, _OVERLAP)
        was_text = False
        counts = dict.fromkeys(_COUNTED, 0)
        for chunk, fresh in _chunks(package, self.member, size):
            read += fresh
            if read > left:
                raise above_limit(self.file, self.limits, "workbook_bytes")
            self._refuse_unfit(chunk, is_first=read == fresh)
            is_text = b"<" not in chunk
            if is_text and was_text:
                raise above_limit(self.file, self.limits, "table_cell_characters")
            was_text = is_text
            self._count(chunk[:-_OVERLAP] if fresh == size else chunk, counts)
            looked.has_formulas = looked.has_formulas or _FORMULA.search(chunk) is not None
            for found in _MERGED.findall(chunk):
                ranges = looked.merged.setdefault(self.member.filename, [])
                if found.decode() not in ranges[-2:]:  # the overlap shows one twice
                    ranges.append(found.decode())
        looked.row_count += counts["sheet_rows"]
        return read

    def _refuse_unfit(self, chunk: bytes, *, is_first: bool) -> None:
        if _DOCTYPE in chunk:
            sentence = "A part of the workbook brings a document type (DTD), which none needs."
            raise unreadable(self.file, "dtd_forbidden", sentence)
        if is_first and not _begins_as_xml(self.member, chunk):
            sentence = "A part of the workbook is no plain XML."
            raise unreadable(self.file, "not_well_formed", sentence)

    def _count(self, chunk: bytes, counts: dict[str, int]) -> None:
        for limit, beginning in _COUNTED.items():
            counts[limit] += len(beginning.findall(chunk))
            if counts[limit] > getattr(self.limits, limit):
                raise above_limit(self.file, self.limits, limit)


def _chunks(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, size: int
) -> Iterator[tuple[bytes, int]]:
    """Yield pieces that begin with the end of the one before, and how much of each is new."""
    tail = b""
    with package.open(member) as stream:
        while fresh := stream.read(size):
            yield tail + fresh, len(fresh)
            tail = fresh[-_OVERLAP:]


def _begins_as_xml(member: zipfile.ZipInfo, chunk: bytes) -> bool:
    """Another encoding would hide from this look what the parser then finds."""
    if not member.filename.lower().endswith((".xml", ".rels")):
        return True
    return chunk.lstrip(_BLANK)[:1] == b"<" and b"\0" not in chunk[:_OVERLAP]


def _picture(file: SourceFile, member: zipfile.ZipInfo) -> SetAside:
    return SetAside(
        file=f"{file.name}!/{member.filename}",
        kind="media",
        byte_count=member.file_size,
        reason="a picture or object inside a workbook is never unpacked",
    )


def unreadable(file: SourceFile, code: str, sentence: str, place: str = "") -> RecordRejectedError:
    """Return the refusal of a workbook."""
    location = SourceLocation(file.name, place)
    return RecordRejectedError(sentence, code=code, remedy=_SAVE_AGAIN, location=location)


def above_limit(
    file: SourceFile, limits: Limits, limit: str, place: str = ""
) -> RecordRejectedError:
    """Return the refusal of a workbook above a limit."""
    sentence = _ABOVE[limit].format(getattr(limits, limit))
    remedy = limits.remedy(limit, "Save only the table that is meant as a workbook of its own")
    location = SourceLocation(file.name, place)
    return RecordRejectedError(sentence, code="too_large", remedy=remedy, location=location)
