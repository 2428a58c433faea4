"""Report numbers: text, one spelling each, and the only places they may be read from."""

import re
from datetime import datetime
from typing import Final
from unicodedata import decimal

_DECORATION: Final = re.compile(
    r"^(?:cyber|tip|line|report|number|no\.|id|ct|[\s#:_-])*(?=\d)", re.IGNORECASE
)
# Marks between thousands: blank, no-break, figure, thin and narrow no-break space, dot, comma.
_MARKS: Final = " .,\u00a0\u2007\u2009\u202f"
_GROUPED: Final = re.compile(rf"\d{{1,3}}(?:[{_MARKS}]\d{{3}})+")
_END_OF_SENTENCE: Final = re.compile(r"(?<=\d)\.+\Z")
_SAYS_NOTHING: Final = re.compile(r"[^1-9]*")  # after its digits are ASCII
# CyberTipline numbers have had seven to nine digits for two decades. Shorter and longer runs of
# digits in a name are counters, phone numbers or clock readings.
_IN_NAME: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:CT|tip|cybertip|report)?[-_]?(\d{7,9})(?![0-9A-Za-z])", re.IGNORECASE
)
_DAY_DIGITS: Final = 8


def normalise_report_number(text: str) -> str | None:
    """Return the number without `CyberTipline Report #`, blanks and thousands marks.

    None for what stands where there is no number (`none`, `-`, `0`): no report has it, and two
    that both say so are two reports.
    """
    plain = text.strip()
    if not plain.isascii():
        plain = "".join(str(decimal(one)) if one.isdecimal() else one for one in plain)
    if _SAYS_NOTHING.fullmatch(plain):
        return None
    bare = _END_OF_SENTENCE.sub("", _DECORATION.sub("", plain))
    return re.sub(f"[{_MARKS}]", "", bare) if _GROUPED.fullmatch(bare) else bare


def report_number_in_name(name: str) -> str | None:
    """Return the one report number a file or folder name holds.

    None when it holds none, or several different ones, or only what reads as a day (20261122): a
    number that is not certain is not a number.
    """
    found = set(_IN_NAME.findall(name.rsplit(".", 1)[0] if "." in name else name))
    certain = {digits for digits in found if not _reads_as_day(digits)}
    return certain.pop() if len(certain) == 1 else None


def _reads_as_day(digits: str) -> bool:
    if len(digits) != _DAY_DIGITS or digits[:2] not in {"19", "20"}:
        return False
    try:
        datetime.strptime(digits, "%Y%m%d")  # noqa: DTZ007 - only whether it could be a day
    except ValueError:
        return False
    return True
