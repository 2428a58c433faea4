"""The date that a list gives itself, in its comments or fields."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

_SPEAKS_OF_DATE: Final = re.compile(
    r"updat|modif|generat|creat|publish|version|as[ _-]?of|\bdate|\bbuil[dt]|timestamp|downloaded"
    r"|last[ _-]?change|oppdatert|dato",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(20\d\d)([-/.]?)(0[1-9]|1[0-2])\2([0-3]\d)(?!\d)")
_WORDY: Final = re.compile(r"(?<!\d)([0-3]?\d)[ -]([A-Za-z]{3})[a-z]*\.?[ -](20\d\d)(?!\d)")
# Between day and year stand time and zone. Without an end, months that have no year are quadratic.
_MONTH_FIRST: Final = re.compile(
    r"\b([A-Za-z]{3})[a-z]* +([0-3]?\d)\b.{0,60}?(?<!\d)(20\d\d)(?!\d)"
)
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_FIRST_SECOND: Final = 946_684_800  # of the year 2000
_LAST_SECOND: Final = 4_102_444_800  # before the year 2100


def date_of(text: str) -> date | None:
    """Return the first day that a text names; None if there is none."""
    for pattern, order in (
        (_YEAR_FIRST, (1, 3, 4)),
        (_WORDY, (3, 2, 1)),
        (_MONTH_FIRST, (3, 1, 2)),
    ):
        found = pattern.search(text)
        if found:
            year, month, day = (found[group] for group in order)
            try:
                number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
                return date(int(year), number, int(day))
            except ValueError:
                continue
    return None


def date_in_comments(comments: Iterable[str]) -> date | None:
    """Return the day of the first comment that speaks of a date, an update or a version."""
    found = (date_of(comment) for comment in comments if _SPEAKS_OF_DATE.search(comment))
    return next((day for day in found if day), None)


def date_of_field(name: str, value: object) -> date | None:
    """Return the day of a field that by its name holds the list's date; None for any other."""
    if not _SPEAKS_OF_DATE.search(name):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return date_of_seconds(value)
    return date_of(value) if isinstance(value, str) else None


def date_of_seconds(seconds: int) -> date | None:
    """Return the UTC day of a count of seconds since 1970; None where it cannot be a build date."""
    is_plausible = _FIRST_SECOND <= seconds < _LAST_SECOND
    return datetime.fromtimestamp(seconds, tz=UTC).date() if is_plausible else None
