"""The day to ask by: never after the last day, a working day, and none between the two."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.enrich.working_days import keep_working_calendar
from workbench.store.connection import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
COUNTRIES = ("NO", "SE", "DK", "FI", "NL", "DE", "GB", "IL")


@pytest.fixture(scope="module")
def days() -> dict[str, dict[date, date | None]]:
    """Of every country each day with the day to ask by, as the store says."""
    found: dict[str, dict[date, date | None]] = {}
    with Store.open(None) as store:
        for country in COUNTRIES:
            keep_working_calendar(store, country=country, time_zone="UTC", now=NOW)
            rows = store.rows_of("SELECT day_on, ask_by_on FROM desk.current_calendar_day")
            found[country] = {row["day_on"]: row["ask_by_on"] for row in rows}
    return found


def is_working(country: str, day: date) -> bool:
    known = holidays.country_holidays(country, years=day.year)
    return day not in known and day.weekday() not in known.weekend


@given(
    country=st.sampled_from(COUNTRIES),
    last_day=st.dates(date(2010, 1, 10), date(2031, 12, 31)),
)
@settings(max_examples=300)
def test_ask_by_is_the_last_working_day_on_or_before_the_last_day(
    days: dict[str, dict[date, date | None]], country: str, last_day: date
) -> None:
    asked = days[country][last_day]
    assert asked is not None
    assert asked <= last_day
    assert is_working(country, asked)
    between = (asked + timedelta(days=step) for step in range(1, (last_day - asked).days + 1))
    assert not any(is_working(country, day) for day in between)
