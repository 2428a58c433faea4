"""When the next shift begins, in winter, in summer and in the nights between."""

from datetime import UTC, datetime, time

import pytest

from workbench.desk.shifts import next_shift_at
from workbench.settings import Settings

STARTS = (time(7), time(15), time(23))


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-22T05:59:59", "2026-11-22T06:00"),  # Oslo is an hour ahead in winter
        ("2026-11-22T06:00:00", "2026-11-22T14:00"),  # this shift has begun: the next is the next
        ("2026-11-22T21:30:00", "2026-11-22T22:00"),
        ("2026-11-22T22:30:00", "2026-11-23T06:00"),
        ("2026-07-01T04:30:00", "2026-07-01T05:00"),  # two hours in summer
        ("2026-12-31T23:30:00", "2027-01-01T06:00"),
        ("2026-03-28T22:30:00", "2026-03-29T05:00"),  # clocks go forward in the night
        ("2026-10-24T21:30:00", "2026-10-25T06:00"),  # and back
    ],
)
def test_the_next_shift_is_by_the_clock_on_the_units_wall(now: str, begins: str) -> None:
    found = next_shift_at(datetime.fromisoformat(now).replace(tzinfo=UTC), STARTS, "Europe/Oslo")
    assert found == datetime.fromisoformat(begins).replace(tzinfo=UTC)


def test_a_unit_with_one_shift_a_day_waits_until_tomorrow() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert next_shift_at(now, [time(8)], "Europe/Oslo") == datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_a_start_that_daylight_saving_skips_begins_when_clocks_have_moved() -> None:
    now = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    found = next_shift_at(now, [time(2, 30)], "Europe/Oslo")
    assert found == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_shifts_are_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().shift_starts == STARTS
    monkeypatch.setenv("WORKBENCH_SHIFT_STARTS", "06:30, 18:00")
    assert Settings().shift_starts == (time(6, 30), time(18))
