"""Time left on the command line: what expires, the unit's own today, and each clock in one line."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, cast, get_args
from zoneinfo import ZoneInfo

from workbench.commands.terminal import out, print_table
from workbench.desk.deadlines import DeadlineView
from workbench.desk.network_view import CountriesSay, IpEventView, NamedCountry
from workbench.desk.queue import Expires
from workbench.errors import UserError
from workbench.settings import Settings

EXPIRES: Final = tuple(choice for choice in get_args(Expires) if choice)
_MEANT: Final[dict[CountriesSay, str]] = {
    "differ": "",
    "earliest": "; the earliest last day counts first, here that of {country}",
    "not_known": "; the last day is not known",
}


def read_expires(written: str) -> Expires:
    """Return the choice that was typed; empty leaves everything.

    Raises:
        UserError: There is no such choice.
    """
    if written and written not in EXPIRES:
        raise UserError(
            f"{written} is no choice of what expires.", remedy=f"Use one of {', '.join(EXPIRES)}."
        )
    return cast("Expires", written)


def unit_today(settings: Settings, now: datetime) -> date:
    """Return the day it is where the unit works, as on the screens."""
    return now.astimezone(ZoneInfo(settings.time_zone)).date()


def days_left_text(days_left: int | None) -> str:
    """Write how many days are left; what has expired says so, and since when."""
    if days_left is None:
        return "not known"
    return f"expired {-days_left} d ago" if days_left < 0 else str(days_left)


def print_deadline(deadline: DeadlineView) -> None:
    """Print what is lost first, what comes next, what has gone and what no clock helps with."""
    clocks = {
        "lost first" if not deadline.is_expired else "expired last": deadline.lost,
        "next": deadline.remaining,
        "expired": tuple(clock for clock in deadline.expired if clock not in deadline.lost),
        "not known": deadline.unknown,
        "no clock helps": deadline.hidden,
    }
    print_table(
        ["clock", "address", "last day", "left", "ask by", "what", "legal basis"],
        [
            [
                name,
                clock.ip_address,
                clock.last_on,
                days_left_text(clock.days_left),
                clock.ask_by_on if (clock.days_left or 0) >= 0 else None,
                clock.title or clock.kind.replace("_", " "),
                clock.legal_basis,
            ]
            for name, several in clocks.items()
            for clock in several
        ],
    )


def print_countries(events: Sequence[IpEventView]) -> None:
    """Say where sources name several countries for an address: which counts, and who names each."""
    told: dict[str, None] = {}  # several events of one address say the same once
    for event in events:
        if say := event.countries_say:
            meant = _MEANT[say].format(country=event.last_on_country)
            named = "; ".join(_named(country) for country in event.named_countries)
            told[f"{event.ip_address}: sources name different countries{meant}.\n  {named}"] = None
    for sentence in told:
        out.print(sentence, markup=False, highlight=False)


def _named(named: NamedCountry) -> str:
    who = named.list_name or "NCMEC's look-up"
    return f"{named.country} by {who}, " + (
        f"as of {named.as_of}" if named.as_of else "date not known"
    )
