"""Which columns of a hash list hold hashes, and of which kind: by its header or by its shape."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_DELIMITERS: Final = (";", "\t", ",", "|")
_ALGORITHM: Final = re.compile(
    r"(?:file|original)*"
    r"(?:md5|ed2k|sha-?(?:1|2?-?(?:224|256|384|512))|pdq|photodna|pdna)"
    r"(?:hash|value|sum|hex|base64|b64|digest)*"
)
_VALUE_HEADERS: Final = frozenset(
    {"hash", "hashes", "value", "hashvalue", "filehash", "digest", "checksum", "sha"}
)
_TYPE_HEADERS: Final = frozenset(
    {"type", "hashtype", "algorithm", "hashalgorithm", "alg", "algo", "method", "hashmethod"}
)
_HEXADECIMAL: Final = re.compile(r"(?:0x)?[0-9A-Fa-f]+")
_HEX_LENGTHS: Final = frozenset({32, 40, 56, 64, 96, 128, 288})
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_BASE64_LENGTHS: Final = frozenset({22, 24, 27, 28, 38, 40, 43, 44, 64, 86, 88, 192})
_NUMBERS: Final = re.compile(r"\d{1,3}(?:,\d{1,3}){143}")  # a PhotoDNA hash written out


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the hashes of a list stand.

    `values` are (index of the column, kind of hash; empty: nobody says). `type_index` is the column
    that names the kind line by line. `delimiter` is empty where a line is one hash.
    """

    delimiter: str
    values: tuple[tuple[int, str], ...]
    type_index: int | None = None
    is_header: bool = False


def read_layout(line: str, algorithm: str) -> Layout | None:
    """Return the layout that a line shows as header or as first entry; None if it is neither.

    Args:
        line: One line of the list, without its end.
        algorithm: The kind of hash that whoever loads the list states; empty: nobody does.
    """
    delimiter = delimiter_of(line)
    cells = [bare_cell(cell) for cell in split_line(line, delimiter)]
    if any(looks_like_hash(cell) for cell in cells):
        values = tuple((i, algorithm) for i, cell in enumerate(cells) if looks_like_hash(cell))
        named = [i for i, cell in enumerate(cells) if names_algorithm(cell)]
        return Layout(delimiter, values, named[0] if named else None)
    folded = [re.sub(r"[\W_]", "", cell.lower()) for cell in cells]
    values = tuple(
        (i, cells[i] if _ALGORITHM.fullmatch(name) else algorithm)
        for i, name in enumerate(folded)
        if _ALGORITHM.fullmatch(name) or name in _VALUE_HEADERS
    )
    types = [i for i, name in enumerate(folded) if name in _TYPE_HEADERS]
    if not values:
        return None
    return Layout(delimiter, values, types[0] if types else None, is_header=True)


def delimiter_of(line: str) -> str:
    """Return what parts the cells of a line; empty when the line is one cell."""
    if _NUMBERS.fullmatch(line.strip()):
        return ""
    most = max(_DELIMITERS, key=line.count)
    return most if most in line else ""


def split_line(line: str, delimiter: str) -> Sequence[str]:
    """Return the cells of a line. An entry is one line: a quotation mark never reaches further."""
    if not delimiter:
        # "hash  name" is what md5sum and its kin write.
        return [line] if _NUMBERS.fullmatch(line.strip()) else line.split(None, 1)[:1]
    if '"' not in line:
        return line.split(delimiter)
    cells, cell, is_quoted = [], "", False
    for part in re.split(f'("|{re.escape(delimiter)})', line):
        if part == '"':
            is_quoted = not is_quoted
        elif part == delimiter and not is_quoted:
            cells.append(cell)
            cell = ""
        else:
            cell += part
    return [*cells, cell]


def bare_cell(cell: str) -> str:
    """Return a cell without white space, quotes and what merely dresses a hash."""
    stripped = cell.strip().strip("\"'").strip()
    return stripped[2:] if stripped[:2] in ("0x", "0X") else stripped


def looks_like_hash(cell: str) -> bool:
    """Say whether a cell has the letters and the length of a hash."""
    _, _, bare = cell.rpartition(":")
    if len(bare) in _HEX_LENGTHS and _HEXADECIMAL.fullmatch(bare):
        return True
    if len(bare) in _BASE64_LENGTHS and _BASE64.fullmatch(bare):
        # A header is a word: base64 of this length has capitals and digits among its letters.
        return bare.endswith("=") or bool(re.search(r"\d", bare) and re.search(r"[A-Z]", bare))
    return bool(_NUMBERS.fullmatch(bare))


def names_algorithm(cell: str) -> bool:
    """Say whether a cell is the name of a kind of hash."""
    return bool(_ALGORITHM.fullmatch(re.sub(r"[\W_]", "", cell.lower())))
