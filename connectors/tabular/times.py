"""Times as people write them in tables, rewritten as ISO 8601 as far as the map says how."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from connectors.tabular.column_map import DateOrder

_DAY: Final = r"(?P<first>\d{1,2})[./\- ](?P<second>\d{1,2})[./\- ](?P<year>\d{4})"
_ISO_DAY: Final = r"(?P<iso>\d{4}-\d{2}-\d{2})"
_CLOCK: Final = (
    r"(?:[T ,]+(?:kl\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second_of_minute>\d{2})(?P<fraction>[.,]\d{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_ZONE: Final = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_WRITTEN: Final = re.compile(rf"(?:{_DAY}|{_ISO_DAY}){_CLOCK}{_ZONE}\Z")
_NOON: Final = 12
_LONGEST: Final = 100  # characters; on a longer text the pattern would take very long


@lru_cache(maxsize=65_536)
def iso_time(text: str, order: DateOrder, zone: ZoneInfo | None) -> str:
    """Return a written time as ISO 8601, with the zone's offset if a zone is known.

    A day without a clock stays a day: midnight would be our invention. A clock time that the zone
    had twice or never, when summer time begins and ends, stays without an offset. A text that
    cannot be read comes back as it is, for the import to count as unreadable.
    """
    found = _matched(text.strip())
    if found is None:
        return text
    try:
        day = _day(found, order)
        if found["hour"] is None:
            return day.isoformat()
        moment = datetime(day.year, day.month, day.day, *_clock(found))  # noqa: DTZ001 - the zone follows
    except ValueError:
        return text
    if found["zone"]:
        offset = found["zone"]
        return moment.isoformat() + ("+00:00" if offset in ("Z", "UTC", "GMT") else offset)
    if zone is None or not _is_once(moment, zone):
        return moment.isoformat()
    return moment.replace(tzinfo=zone).isoformat()


def iso_date(text: str, order: DateOrder) -> str:
    """Return a written day as ISO 8601; a text that cannot be read comes back as it is."""
    found = _matched(text.strip())
    if found is None:
        return text
    try:
        return _day(found, order).isoformat()
    except ValueError:
        return text


def _matched(text: str) -> re.Match[str] | None:
    return _WRITTEN.match(text) if len(text) <= _LONGEST else None


def _day(found: re.Match[str], order: DateOrder) -> date:
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    if order == "iso":
        raise ValueError("the map does not say which comes first, day or month")
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    return date(year, second, first) if order == "day_first" else date(year, first, second)


def _clock(found: re.Match[str]) -> tuple[int, int, int, int]:
    hour = int(found["hour"])
    half = (found["half"] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    fraction = (found["fraction"] or ".0")[1:7].ljust(6, "0")
    return hour, int(found["minute"]), int(found["second_of_minute"] or 0), int(fraction)


def _is_once(moment: datetime, zone: ZoneInfo) -> bool:
    early = moment.replace(tzinfo=zone, fold=0).utcoffset()
    return early == moment.replace(tzinfo=zone, fold=1).utcoffset()
