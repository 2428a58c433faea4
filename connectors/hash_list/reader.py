"""Reads a list of hashes of any length: block by block, never the whole file."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final

from connectors.hash_list.layout import (
    Layout,
    bare_cell,
    names_algorithm,
    read_layout,
    split_line,
)
from workbench.errors import SourceLocation, UserError
from workbench.model.hash_list import WrittenHashes

_CHARACTERS_A_READ: Final = 1 << 20
_LONGEST_LINE: Final = 64 * 1024
_HASHES_A_BLOCK: Final = 200_000
_LINES_ABOVE: Final = 20  # titles that somebody wrote above the table
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True)
class CsvHashList:
    """A text file of hashes.

    `algorithm` is the kind of hash that whoever loads the list states; it counts where neither the
    header nor the line names one. Empty: the length of a hash decides.
    """

    path: Path
    algorithm: str = ""

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.path.name

    @cached_property
    def sha256(self) -> str:
        """Return the digest of the whole file."""
        try:
            with self.path.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            raise _unreadable(self.path, error) from error

    def blocks(self) -> Iterator[WrittenHashes]:
        """Yield the hashes in the order of the file; see `HashListFile`.

        Raises:
            UserError: It cannot be opened, is no text, or holds no column of hashes.
        """
        lines = _numbered_lines(self.path)
        layout, block = self._layout(lines)
        for line_no, line in lines:
            _add_line(block, layout, line_no, line)
            if len(block) >= _HASHES_A_BLOCK:
                yield block
                block = WrittenHashes()
        if len(block):
            yield block

    def _layout(self, lines: Iterator[tuple[int, str | None]]) -> tuple[Layout, WrittenHashes]:
        """Look for the header or the first hash; titles above it are lines without a hash."""
        block = WrittenHashes()
        for line_no, line in islice(lines, _LINES_ABOVE):
            layout = read_layout(line, self.algorithm) if line and not _is_blank(line) else None
            if layout is not None:
                if not layout.is_header:
                    _add_line(block, layout, line_no, line)
                return layout, block
            _add_line(block, Layout("", ()), line_no, line)
        raise UserError(
            "No column of hashes was found: neither a header such as MD5, SHA1 or hash, nor a cell "
            "of a hash's length.",
            remedy="Give the column a header, or save the list with one hash a line.",
            location=SourceLocation(self.path.name),
        )


def _is_blank(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _add_line(block: WrittenHashes, layout: Layout, line_no: int, line: str | None) -> None:
    if line is None:
        block.add(line_no, "", "", "line_too_long")
        return
    if _is_blank(line):
        return
    cells = split_line(line, layout.delimiter)
    count = len(cells)
    type_index = layout.type_index
    stated = cells[type_index].strip() if type_index is not None and type_index < count else ""
    has_hash = False
    for index, algorithm in layout.values:
        if index >= count:
            break  # columns stand in order, and a header may name thousands
        cell = bare_cell(cells[index])
        kind, written = _named(cell, stated or algorithm)
        if written:
            has_hash = True
            block.add(line_no, kind, written)
    if not has_hash:
        block.add(line_no, "", "", "no_hash")


def _named(written: str, stated: str) -> tuple[str, str]:
    """Return the kind of hash and the hash; `md5:d41d...` names its kind itself."""
    name, colon, rest = written.partition(":")
    if colon and names_algorithm(name):
        return name, rest.strip()
    return stated, written.replace(":", "") if colon else written


def _numbered_lines(path: Path) -> Iterator[tuple[int, str | None]]:
    """Yield each line with its number; None for one that is too long to be an entry."""
    line_no, rest, is_too_long = 1, "", False
    try:
        with path.open(encoding=_encoding_of(path), errors="replace") as opened:
            while block := opened.read(_CHARACTERS_A_READ):
                pieces = (rest + block).split("\n")
                rest = pieces.pop()
                for piece in pieces:
                    yield line_no, None if is_too_long or len(piece) > _LONGEST_LINE else piece
                    is_too_long = False
                    line_no += 1
                if len(rest) > _LONGEST_LINE:
                    rest, is_too_long = "", True
        if rest or is_too_long:
            yield line_no, None if is_too_long else rest
    except OSError as error:
        raise _unreadable(path, error) from error


def _encoding_of(path: Path) -> str:
    with path.open("rb") as opened:
        head = opened.read(4096)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head or head.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise UserError(
            "This is not a text file.",
            remedy="Unpack it, or save the table as CSV, and load that.",
            location=SourceLocation(path.name),
        )
    return "utf-8"  # hashes are plain letters; whatever else stands in other columns is not read


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        f"The file cannot be read: {error.strerror or error.__class__.__name__}.",
        remedy="Check its name and rights, and load it again.",
        location=SourceLocation(path.name),
    )
