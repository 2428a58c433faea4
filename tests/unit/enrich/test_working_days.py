"""Which days are worked on, as the store knows it, and who said so."""

from datetime import UTC, date, datetime

import pytest

from workbench.enrich.working_days import keep_working_calendar
from workbench.store.connection import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def keep(store: Store, country: str = "NO", now: datetime = NOW) -> bool:
    return keep_working_calendar(store, country=country, time_zone="Europe/Oslo", now=now)


def ask_by(store: Store, day: date) -> date | None:
    found = store.rows_of(
        "SELECT ask_by_on FROM desk.current_calendar_day WHERE day_on = $day", {"day": day}
    )
    return found[0]["ask_by_on"] if found else None


@pytest.mark.parametrize(
    ("last_day", "asked"),
    [
        ("2026-12-04", "2026-12-04"),  # a Friday
        ("2026-12-05", "2026-12-04"),  # a Saturday
        ("2026-12-06", "2026-12-04"),  # a Sunday
        ("2027-03-25", "2027-03-24"),  # Maundy Thursday
        ("2027-03-29", "2027-03-24"),  # Easter Monday: Thursday to Monday are all free
        ("2027-03-30", "2027-03-30"),
        ("2027-05-06", "2027-05-05"),  # Ascension
        ("2027-05-17", "2027-05-14"),  # a Monday, and Whit Monday at once
        ("2029-05-17", "2029-05-16"),  # a Thursday
        ("2028-05-17", "2028-05-16"),  # a Wednesday
        ("2026-12-25", "2026-12-24"),
        ("2026-12-26", "2026-12-24"),
        ("2026-12-27", "2026-12-24"),  # the Sunday after Christmas
        ("2027-01-01", "2026-12-31"),  # New Year's Day, asked in the year before
        ("2027-01-03", "2026-12-31"),
        ("2028-02-29", "2028-02-29"),
        ("2026-05-01", "2026-04-30"),
    ],
)
def test_norwegian_weekends_and_holidays_move_the_asking_forward(
    store: Store, last_day: str, asked: str
) -> None:
    keep(store)
    assert ask_by(store, date.fromisoformat(last_day)) == date.fromisoformat(asked)


def test_holidays_are_the_units_own(store: Store) -> None:
    keep(store, "NO")
    assert ask_by(store, date(2027, 1, 6)) == date(2027, 1, 6)
    keep(store, "SE")
    assert ask_by(store, date(2027, 1, 6)) == date(2027, 1, 5)  # Epiphany
    assert ask_by(store, date(2027, 5, 17)) == date(2027, 5, 17)


def test_a_country_nobody_knows_has_weekends_and_says_so(store: Store) -> None:
    keep(store, "XK")
    [calendar] = store.rows_of("SELECT said_by FROM desk.current_calendar")
    keep(store, "ZZ")
    [unknown] = store.rows_of("SELECT said_by FROM desk.current_calendar")
    assert calendar["said_by"].startswith("holidays ")
    assert unknown["said_by"].endswith("does not know ZZ: weekends only")
    assert ask_by(store, date(2027, 1, 1)) == date(2027, 1, 1)
    assert ask_by(store, date(2027, 1, 2)) == date(2027, 1, 1)


def test_it_is_written_once_and_again_when_the_years_run_out(store: Store) -> None:
    assert keep(store)
    assert not keep(store)
    assert not keep(store, now=NOW.replace(year=2029))
    assert keep(store, now=NOW.replace(year=2030))
    assert ask_by(store, date(2033, 5, 17)) == date(2033, 5, 16)


def test_a_day_beyond_the_calendar_is_not_known(store: Store) -> None:
    keep(store)
    assert ask_by(store, date(2050, 1, 3)) is None


def test_holidays_are_named_in_both_languages(store: Store) -> None:
    keep(store)
    [day] = store.rows_of(
        "SELECT holiday_en, holiday_nb FROM desk.current_calendar_day WHERE day_on = '2027-05-17'"
    )
    assert "Constitution Day" in day["holiday_en"]
    assert "Grunnlovsdag" in day["holiday_nb"]
