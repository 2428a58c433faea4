"""Which days somebody can be asked on: weekends and public holidays of the unit's country.

The days are written into the store once for a country and a range of years, so that "ask by" is a
join there, and so that an audit sees which library in which version said so.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from typing import Final

import holidays
import pyarrow as pa
from holidays import HolidayBase

from workbench.store.connection import Store

# Reports from before are archive; what runs out later than this is years away.
_FIRST_YEAR: Final = 2010
_YEARS_AHEAD: Final = 5
_YEARS_AHEAD_AT_LEAST: Final = 2
_WEEKEND: Final = frozenset({5, 6})  # Saturday and Sunday, where the library knows no country


def keep_working_calendar(store: Store, *, country: str, time_zone: str, now: datetime) -> bool:
    """Write the unit's calendar unless the one that counts is still right; say whether it was.

    Args:
        store: Where it is kept.
        country: Two letters; a country the library does not know has weekends only.
        time_zone: The zone in which the unit's day begins.
        now: Decides how many years are needed.
    """
    known = _holidays_of(country, [_FIRST_YEAR], "en_US")
    said_by = f"holidays {version('holidays')}"
    if known is None:
        said_by += f", which does not know {country}: weekends only"
    calendar = {"country": country, "time_zone": time_zone, "said_by": said_by}
    needed = {"last_year_needed": now.year + _YEARS_AHEAD_AT_LEAST}
    if store.row("enrich/show_working_calendar", {**calendar, **needed}):
        return False
    last_year = now.year + _YEARS_AHEAD
    years = range(_FIRST_YEAR, last_year + 1)
    with (
        store.transaction(),
        store.columns("calendar_day_batch", _as_table(list(_days(country, years)))),
    ):
        span = {"first_year": _FIRST_YEAR, "last_year": last_year}
        moment = {"recorded_at": datetime.now(UTC)}
        store.run("enrich/add_working_calendar", {**calendar, **span, **moment})
        store.run("enrich/add_calendar_days")
    return True


_Day = tuple[date, bool, str | None, str | None]


def _days(country: str, years: range) -> Iterator[_Day]:
    """Return every day of the years: is it worked on, and the holiday's name in both languages."""
    english = _holidays_of(country, years, "en_US")
    own = _holidays_of(country, years, "no" if country == "NO" else None)
    weekend = _WEEKEND if english is None else english.weekend
    day = date(years.start, 1, 1)
    while day.year < years.stop:
        english_name = english.get(day) if english is not None else None
        own_name = own.get(day) if own is not None else None
        is_working = english_name is None and day.weekday() not in weekend
        yield day, is_working, english_name, own_name or english_name
        day += timedelta(days=1)


def _holidays_of(
    country: str, years: range | list[int], language: str | None
) -> HolidayBase | None:
    """Return a country's public holidays; None when the library does not know the country."""
    try:
        return holidays.country_holidays(country, years=years, language=language)
    except NotImplementedError:
        return None


def _as_table(days: list[_Day]) -> pa.Table:
    names = ("day_on", "is_working", "holiday_en", "holiday_nb")
    types = (pa.date32(), pa.bool_(), pa.string(), pa.string())
    columns = [
        pa.array([day[place] for day in days], type=kind) for place, kind in enumerate(types)
    ]
    return pa.table(dict(zip(names, columns, strict=True)))
