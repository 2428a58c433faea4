"""The calendar: which evidence is lost on which day, over the same filters as the queue."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from workbench.desk.queue import QueueFilter, filter_params
from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class ExpiringCounts:
    """How much each choice of "expires" leaves; `shift` and `today` are parts of `week`."""

    shift: int
    today: int
    week: int
    month: int
    later: int
    expired: int
    unknown: int


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One referral on its last day: what is lost, on which basis, and what remains after it."""

    referral_id: str
    report_number: str | None
    provider: str | None
    kind: str | None
    urgency: str | None
    disposition: str | None
    deadline_on: date
    deadline_kind: str | None
    ip_address: str | None
    legal_basis: str | None
    certainty: str | None
    is_start_estimated: bool | None
    is_country_assumed: bool | None
    remaining_kind: str | None
    remaining_until_on: date | None


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One last day. `days_left` is negative once it has passed.

    `is_working` and `ask_by_on` are None where the store knows no calendar for the day; `holiday`
    is its name; `rows` are the first of `referral_count`, in the queue's order.
    """

    day_on: date
    days_left: int
    is_working: bool | None
    holiday: str | None
    ask_by_on: date | None
    referral_count: int
    rows: tuple[CalendarRow, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """One page of days; `day_count` is how many there are on all pages."""

    day_count: int
    days: tuple[CalendarDay, ...]


def count_expiring(
    store: Store, chosen: QueueFilter, today: date, shift_at: datetime
) -> ExpiringCounts:
    """Count what each choice of "expires" would leave, whatever `chosen` says of it."""
    params = filter_params(replace(chosen, expires=""), today, shift_at)
    [row] = store.rows("desk/count_expiring", params)
    return ExpiringCounts(**row)


def read_calendar(  # noqa: PLR0913 - what to show, which page of it, and how to write it
    store: Store,
    chosen: QueueFilter,
    *,
    today: date,
    shift_at: datetime,
    language: str,
    days_a_page: int,
    rows_a_day: int,
    page: int = 1,
) -> Calendar:
    """Return one page of last days with the referrals that lose something on them.

    Args:
        store: Where the referrals are.
        chosen: What to leave in; the queue with the same filter holds the same referrals.
        today: The day from which time left is counted.
        shift_at: When the next shift begins.
        language: Of holidays and legal basis: en or nb.
        days_a_page: Days with something on them, not days of the week.
        rows_a_day: Referrals shown of each day; all of them are counted.
        page: From 1.
    """
    params = {**filter_params(chosen, today, shift_at), "language": language}
    span = {"row_limit": days_a_page, "row_offset": (page - 1) * days_a_page}
    found = store.rows("desk/list_calendar_days", {**params, **span})
    days = [row["day_on"] for row in found]
    limits = {"days": days, "rows_a_day": rows_a_day}
    rows = [CalendarRow(**row) for row in store.rows("desk/list_calendar", {**params, **limits})]
    of_day = {day: tuple(same) for day, same in groupby(rows, key=lambda row: row.deadline_on)}
    return Calendar(
        day_count=found[0]["day_count"] if found else 0,
        days=tuple(
            CalendarDay(
                **{name: value for name, value in row.items() if name != "day_count"},
                days_left=(row["day_on"] - today).days,
                rows=of_day.get(row["day_on"], ()),
            )
            for row in found
        ),
    )
