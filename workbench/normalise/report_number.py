"""Report numbers: text, one spelling each, and the only places they may be read from."""

import re
from datetime import datetime
from typing import Final

_DECORATION: Final = re.compile(
    r"^(?:cyber|tip|line|report|number|no\.|id|[\s#:])*(?=\d)", re.IGNORECASE
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:[ .,\u00a0]\d{3})+")
# CyberTipline numbers have had seven to nine digits for two decades. Shorter and longer runs of
# digits in a name are counters, phone numbers or clock readings.
_IN_NAME: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:CT|tip|cybertip|report)?[-_]?(\d{7,9})(?![0-9A-Za-z])", re.IGNORECASE
)
_DAY_DIGITS: Final = 8


def normalise_report_number(text: str) -> str:
    """Return the number without `CyberTipline Report #`, blanks and thousands marks."""
    bare = _DECORATION.sub("", text.strip()) or text.strip()
    return re.sub(r"[ .,\u00a0]", "", bare) if _GROUPED.fullmatch(bare) else bare


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
