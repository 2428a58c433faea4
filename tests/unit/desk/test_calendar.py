"""The calendar and the queue: one filter, the same referrals, each on its last day."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from tests.unit.desk.store_rows import (
    NOON,
    TODAY,
    add_assessment,
    add_decision,
    add_referral,
    add_rulebook,
)
from workbench.desk.calendar import Calendar, ExpiringCounts, count_expiring, read_calendar
from workbench.desk.queue import (
    Expires,
    QueueFilter,
    QueueSort,
    count_queue,
    list_queue,
    next_in_queue,
)
from workbench.enrich.working_days import keep_working_calendar
from workbench.store.connection import Store

SHIFT = datetime(2026, 11, 23, 6, tzinfo=UTC)  # 07:00 in Oslo on the Monday after TODAY
CHOICES = tuple(choice for choice in get_args(Expires) if choice)


@pytest.fixture
def worked(store: Store) -> Store:
    """Referrals with last days around TODAY, which is a Sunday; two are decided."""
    add_rulebook(store)
    keep_working_calendar(store, country="NO", time_zone="Europe/Oslo", now=NOON)
    for left in (-30, -12, -1, 0, 1, 7, 8, 30, 31, 300):
        add_assessment(
            store,
            add_referral(store, f"r{left}", report_number=f"99100{left + 500:04}"),
            last_days=[TODAY + timedelta(days=left)],
        )
    add_assessment(store, add_referral(store, "unknown"), last_days=[None])
    add_assessment(store, add_referral(store, "decided"), last_days=[TODAY])
    add_decision(store, "decided", "imported", NOON)
    return store


def read(store: Store, chosen: QueueFilter, **said: int) -> Calendar:
    usual = {"days_a_page": 100, "rows_a_day": 100} | said
    return read_calendar(store, chosen, today=TODAY, shift_at=SHIFT, language="en", **usual)


def ids(calendar: Calendar) -> list[str]:
    return [row.referral_id for day in calendar.days for row in day.rows]


def test_an_empty_store_has_an_empty_calendar(store: Store) -> None:
    assert read(store, QueueFilter()) == Calendar(0, ())
    counts = count_expiring(store, QueueFilter(), TODAY, SHIFT)
    assert counts == ExpiringCounts(0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("expires", CHOICES)
@pytest.mark.parametrize("status", ["open", "decided", "all"])
def test_calendar_counts_and_queue_hold_the_same_referrals(
    worked: Store, expires: str, status: str
) -> None:
    chosen = QueueFilter(status=status, expires=expires)  # type: ignore[arg-type] # parametrised
    counted = getattr(count_expiring(worked, chosen, TODAY, SHIFT), expires)
    rows = list_queue(
        worked, chosen, QueueSort(), limit=100, offset=0, today=TODAY, language="en", shift_at=SHIFT
    )
    assert counted == len(rows) == count_queue(worked, chosen, TODAY, SHIFT).total
    if expires != "unknown":
        assert set(ids(read(worked, chosen))) == {row.referral_id for row in rows}


def test_days_ahead_come_first_then_those_that_passed_the_newest_first(worked: Store) -> None:
    found = read(worked, QueueFilter())
    assert [day.days_left for day in found.days] == [0, 1, 7, 8, 30, 31, 300, -1, -12, -30]


def test_a_day_says_its_name_and_the_working_day_before_it(store: Store) -> None:
    add_rulebook(store)
    keep_working_calendar(store, country="NO", time_zone="Europe/Oslo", now=NOON)
    for day in ("2026-12-26", "2026-12-06"):
        identity = add_referral(store, day)
        add_assessment(store, identity, last_days=[date.fromisoformat(day)])
    sunday, christmas = read(store, QueueFilter()).days
    assert (sunday.is_working, sunday.holiday, sunday.ask_by_on) == (False, None, date(2026, 12, 4))
    assert christmas.holiday == "Second Day of Christmas"
    assert christmas.ask_by_on == date(2026, 12, 24)


def test_without_a_working_calendar_the_day_to_ask_by_is_unknown(store: Store) -> None:
    add_assessment(store, add_referral(store, "a"), last_days=[TODAY])
    [day] = read(store, QueueFilter()).days
    assert (day.is_working, day.ask_by_on) == (None, None)


def test_a_row_says_what_is_lost_on_which_basis_and_what_remains(store: Store) -> None:
    add_rulebook(store)
    later = TODAY + timedelta(days=40)
    add_assessment(store, add_referral(store, "a"), last_days=[TODAY, later])
    [row] = read(store, QueueFilter()).days[0].rows
    assert (row.deadline_kind, row.legal_basis) == ("connection_data", "Act of no-access")
    assert (row.remaining_kind, row.remaining_until_on) == ("connection_data", later)


def test_all_of_a_day_are_counted_and_the_most_urgent_shown(store: Store) -> None:
    for name in ("routine", "high", "immediate"):
        add_assessment(store, add_referral(store, name), urgency=name, last_days=[TODAY])
    [day] = read(store, QueueFilter(), rows_a_day=2).days
    assert day.referral_count == 3
    assert [row.urgency for row in day.rows] == ["immediate", "high"]


def test_days_come_in_pages(worked: Store) -> None:
    pages = [read(worked, QueueFilter(), days_a_page=4, page=page) for page in (1, 2, 3)]
    assert [len(page.days) for page in pages] == [4, 4, 2]
    assert {page.day_count for page in pages} == {10}


def test_before_the_next_shift_counts_moments_where_they_are_known(store: Store) -> None:
    clock = "[{kind: 'connection_data', last_on: DATE '2026-11-23', ends_at: TIMESTAMPTZ '%s'}]"
    for name, moment in {
        "before": "2026-11-23 05:59:59+00",
        "after": "2026-11-23 06:00:00+00",
    }.items():
        add_assessment(store, add_referral(store, name), last_days=[TODAY])
        store.run_text(
            f"UPDATE referral.assessment SET clocks = {clock % moment} WHERE referral_id = '{name}'"  # noqa: S608 - our own words
        )
    assert ids(read(store, QueueFilter(expires="shift"))) == ["before"]
    assert ids(read(store, QueueFilter(expires="today"))) == []


def test_the_shift_filter_needs_to_know_the_shift(store: Store) -> None:
    with pytest.raises(ValueError, match="next shift"):
        count_queue(store, QueueFilter(expires="shift"), TODAY)


def test_stepping_through_a_shift_stays_in_it(worked: Store) -> None:
    chosen = QueueFilter(expires="shift")
    assert next_in_queue(worked, chosen, QueueSort(), "r0", TODAY, SHIFT) == "r1"
    assert next_in_queue(worked, chosen, QueueSort(), "r1", TODAY, SHIFT) is None
