"""Times: an instant in UTC, and whether anybody stated its zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

_WORDED_ZONE: Final = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
_LONG_FRACTION: Final = re.compile(r"(\.\d{6})\d+")
_FIRST_YEAR: Final = 1900
_LONGEST: Final = 100  # characters; on longer texts the patterns above would take very long


@dataclass(frozen=True, slots=True)
class Instant:
    """`at` is UTC. Without a stated zone the text was read as UTC; clocks take the careful end."""

    at: datetime
    zone_was_stated: bool


def normalise_time(text: str) -> Instant | None:
    """Read an ISO 8601 time, with `T` or a space, any offset, any fraction of a second.

    A date alone is midnight of that day with no zone stated. None for every other text: a day-first
    and a month-first date look alike, and a guess would move a deadline.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        parsed = _parsed(text)
        in_utc = parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return Instant(in_utc, parsed.tzinfo is not None) if in_utc.year >= _FIRST_YEAR else None


def _parsed(text: str) -> datetime:
    if text.isdecimal():  # 20261121 may be a day or a counter
        raise ValueError(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        zoned = _WORDED_ZONE.sub("+00:00", text)
        return datetime.fromisoformat(_LONG_FRACTION.sub(r"\1", zoned))


def normalise_date(text: str) -> date | None:
    """Read an ISO 8601 day; a time of day after it is dropped. None for every other text."""
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR and len(text.strip()) >= len("2020-01-01") else None
