"""What is lost next, when one must ask, and what remains after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workbench.store.connection import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """One period after which evidence is deleted. `last_on` None: nobody knows.

    `starts_at` and `last_on` are the careful end; where nobody stated the zone `starts_at_latest`
    and `last_on_latest` are the other one. `ask_by_on` is the last working day on or before
    `last_on`. `is_counted` false: the date is shown and is never the last day of the referral, for
    the reason in `choice`. `source_format`: only this other source of the report says so; None: the
    version itself does.
    """

    kind: str
    title: str
    ip_event_no: int | None
    ip_address: str | None
    source_format: str | None
    starts_at: datetime | None
    starts_at_latest: datetime | None
    last_on: date | None
    last_on_latest: date | None
    ask_by_on: date | None
    days_left: int | None
    is_counted: bool
    is_start_estimated: bool
    is_country_assumed: bool
    country: str | None
    legal_basis: str | None
    certainty: str | None
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView:
    """What a referral loses next.

    `lost` is what ends on `last_on`, `remaining` what ends next after it, `expired` what has ended
    already, `unknown` what is kept for a time nobody knows, and `hidden` the addresses that no
    clock helps with. When everything has expired `lost` is the last of it and `is_expired` is true.
    """

    last_on: date | None
    days_left: int | None
    ask_by_on: date | None
    is_expired: bool
    lost: tuple[ClockView, ...]
    remaining: tuple[ClockView, ...]
    expired: tuple[ClockView, ...]
    unknown: tuple[ClockView, ...]
    hidden: tuple[ClockView, ...]


def list_clocks(store: Store, version_id: str, language: str, today: date) -> tuple[ClockView, ...]:
    """Return every clock of a version, the earliest last day first."""
    params = {"version_id": version_id, "language": language}
    return tuple(
        ClockView(
            **row, days_left=None if row["last_on"] is None else (row["last_on"] - today).days
        )
        for row in store.rows("desk/list_clocks", params)
    )


def read_deadline(clocks: Sequence[ClockView]) -> DeadlineView:
    """Say what the clocks of one referral mean together; the day agrees with the queue's."""
    counted = [clock for clock in clocks if clock.is_counted]
    ahead = [clock for clock in counted if clock.days_left is not None and clock.days_left >= 0]
    past = [clock for clock in counted if clock.days_left is not None and clock.days_left < 0]
    lost = _ending_first(ahead) or _ending_last(past)
    first = lost[0] if lost else None
    after = [clock for clock in ahead if first and clock.last_on != first.last_on]
    return DeadlineView(
        last_on=first.last_on if first else None,
        days_left=first.days_left if first else None,
        ask_by_on=first.ask_by_on if first else None,
        is_expired=bool(past) and not ahead,
        lost=lost,
        remaining=_ending_first(after),
        expired=tuple(past),
        unknown=tuple(
            clock for clock in clocks if clock.last_on is None and clock.kind != "hidden_network"
        ),
        hidden=tuple(clock for clock in clocks if clock.kind == "hidden_network"),
    )


def _ending_first(clocks: Sequence[ClockView]) -> tuple[ClockView, ...]:
    first = min((clock.last_on for clock in clocks if clock.last_on), default=None)
    return tuple(clock for clock in clocks if first and clock.last_on == first)


def _ending_last(clocks: Sequence[ClockView]) -> tuple[ClockView, ...]:
    last = max((clock.last_on for clock in clocks if clock.last_on), default=None)
    return tuple(clock for clock in clocks if last and clock.last_on == last)
