"""A look through a workbook before anything parses it: its parts can be forged as any file can."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.record import SetAside, SourceFile

_WORKBOOK_PART: Final = "xl/workbook.xml"
_PICTURES: Final = ("xl/media/", "xl/embeddings/")
_CHUNK: Final = 1_000_000  # bytes; also the longest text without a tag in it
_OVERLAP: Final = 64  # bytes, so that no mark hides between two chunks
_LARGEST_BYTES: Final = 512 * 1024**2  # unpacked; a workbook can be packed a thousandfold
# Spreadsheet programs end at 1,048,576 rows; texts are held in memory while sheets stream.
MOST_ROWS: Final = 1_048_576
MOST_CELLS: Final = 25_000_000
_MOST: Final = (
    (re.compile(rb"<row[\s/>]"), MOST_ROWS, "rows"),
    (re.compile(rb"<c[\s/>]"), MOST_CELLS, "cells"),
    (re.compile(rb"<si[\s/>]"), MOST_ROWS, "texts"),
    (re.compile(rb"<(?:xf|font|fill|border|definedName|mergeCell)[\s/>]"), 500_000, "styles"),
)
_DOCTYPE: Final = b"<!DOCTYPE"
_FORMULA: Final = re.compile(rb"<f[\s/>]")
_MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_BLANK: Final = b" \t\r\n\xef\xbb\xbf"
_SAVE_AGAIN: Final = "Open it in the spreadsheet program, save it again, and import that."


@dataclass(slots=True)
class Looked:
    """What the look found that the parser would not say."""

    has_formulas: bool
    merged: dict[str, list[str]]  # name of a part -> ranges of merged cells
    set_aside: list[SetAside]


def is_workbook(content: bytes) -> bool:
    """Say whether it is an Office workbook: a ZIP with a workbook part."""
    if not content.startswith(b"PK\x03\x04") or _WORKBOOK_PART.encode() not in content:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _WORKBOOK_PART in package.namelist()
    except Exception:  # noqa: BLE001 - a forged directory lets zipfile raise nearly anything
        return False


def look_through(file: SourceFile) -> Looked:
    """Read every part once, without parsing it.

    Raises:
        RecordRejectedError: It is too large, damaged, or brings a document type.
    """
    looked = Looked(has_formulas=False, merged={}, set_aside=[])
    left = _LARGEST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as package:
            for member in package.infolist():
                if member.filename.startswith(_PICTURES):
                    looked.set_aside.append(_picture(file, member))
                else:
                    left -= _look_at(file, package, member, left, looked)
    except RecordRejectedError:
        raise
    except Exception as error:  # as above
        raise unreadable(file, "not_well_formed", "The workbook is damaged.") from error
    return looked


def _look_at(
    file: SourceFile,
    package: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    left: int,
    looked: Looked,
) -> int:
    """Return how many bytes a part has."""
    read = 0
    counts = [0] * len(_MOST)
    for chunk, fresh in _chunks(package, member):
        read += fresh
        if read > left:
            size = f"{_LARGEST_BYTES // 1024**2} MB"
            raise unreadable(file, "too_large", f"The workbook unpacks to more than {size}.")
        if _DOCTYPE in chunk:
            sentence = "A part of the workbook brings a document type (DTD), which none needs."
            raise unreadable(file, "dtd_forbidden", sentence)
        if read == fresh and not _begins_as_xml(member, chunk):
            raise unreadable(file, "not_well_formed", "A part of the workbook is no plain XML.")
        if fresh == _CHUNK and b"<" not in chunk:
            raise unreadable(file, "too_large", "A cell of the workbook is larger than any text.")
        for index, (mark, most, what) in enumerate(_MOST):
            counts[index] += len(mark.findall(chunk[:-_OVERLAP] if fresh == _CHUNK else chunk))
            if counts[index] > most:
                raise unreadable(file, "too_large", f"The workbook has more than {most:,} {what}.")
        looked.has_formulas = looked.has_formulas or _FORMULA.search(chunk) is not None
        for found in _MERGED.findall(chunk):
            ranges = looked.merged.setdefault(member.filename, [])
            if found.decode() not in ranges[-2:]:  # the overlap shows one twice
                ranges.append(found.decode())
    return read


def _chunks(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Yield pieces that begin with the end of the one before, and how much of each is new."""
    tail = b""
    with package.open(member) as stream:
        while fresh := stream.read(_CHUNK):
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
