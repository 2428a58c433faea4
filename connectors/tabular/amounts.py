"""Amounts of money as people write them, rewritten as exact decimal text; never a float."""

import re
from typing import Final

from connectors.tabular.column_map import DecimalMark

_LONGEST: Final = 40  # characters
_BLANKS: Final = re.compile(r"[\s'’\u00a0\u202f]")
_PLAIN: Final = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?\Z", re.ASCII)
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z", re.ASCII)


def exact_amount(written: object, mark: DecimalMark) -> str | None:
    """Return an amount as `1234.50`: a point before the decimals, nothing between the thousands.

    None when it is no amount by the map's decimal mark. `1,234` is a thousand and more where the
    mark is a point and one and some where it is a comma, so nothing is guessed: the map says which.
    Decimals are kept as many as were written; a trailing minus or brackets are not understood.
    """
    if not isinstance(written, str) or len(written) > _LONGEST:
        return None
    text = _BLANKS.sub("", written)
    if mark == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    if _THOUSANDS.match(text):
        text = text.replace(",", "")
    found = _PLAIN.match(text)
    if found is None:
        return None
    sign, whole, decimals = found.groups()
    number = f"{whole.lstrip('0') or '0'}" + (f".{decimals}" if decimals else "")
    return f"-{number}" if sign == "-" else number
