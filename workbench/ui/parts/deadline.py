"""What a referral loses next, in sentences: what, when, by when to ask, and what remains."""

from collections.abc import Sequence
from datetime import date

from workbench.desk.deadlines import ClockView, DeadlineView
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.session import Workplace


def lost_text(place: Workplace, kind: str | None, ip_addresses: Sequence[str]) -> str:
    """Name what is lost: connection data of its addresses, or the provider's copy."""
    name = place.words.or_as_written("clock", kind)
    return f"{name} ({', '.join(ip_addresses)})" if ip_addresses else name


def ask_by_text(place: Workplace, last_on: date | None, ask_by_on: date | None) -> str:
    """Say by which day to ask; empty where no calendar knows it, or where it does not matter."""
    if ask_by_on is None or last_on is None:
        return ""
    if ask_by_on < place.today:
        return place.words("deadline.ask_by_passed", day=place.formats.weekday(ask_by_on))
    key = "deadline.ask_by" if ask_by_on == last_on else "deadline.ask_by_before"
    return place.words(key, day=place.formats.weekday(ask_by_on))


def deadline_sentences(place: Workplace, deadline: DeadlineView) -> Html:
    """Return what is lost first, what remains after it, what has gone and what nobody knows."""
    words = place.words
    lines = [*_first_lines(place, deadline)]
    if deadline.unknown and deadline.last_on is None:
        unknown = words("deadline.unknown", what=_names(place, deadline.unknown))
        lines.append(join([unknown]))
    if deadline.hidden:
        addresses = _addresses(deadline.hidden)
        lines.append(join([words("deadline.hidden", what=", ".join(addresses))]))
    if not lines:
        lines.append(join([words("deadline.nothing")]))
    return tag("div", *(tag("div", line) for line in lines), of="wb-deadline")


def _first_lines(place: Workplace, deadline: DeadlineView) -> list[Html]:
    words, formats = place.words, place.formats
    if deadline.last_on is None or deadline.days_left is None:
        return []
    what = _names(place, deadline.lost)
    day = formats.weekday(deadline.last_on)
    if deadline.is_expired:
        gone = words.counted("deadline.expired", -deadline.days_left, day=day, what=what)
        return [join([tag("strong", gone), " ", words("deadline.expired.try")])]
    first = words("deadline.lost", day=day, what=what)
    ask_by = ask_by_text(place, deadline.last_on, deadline.ask_by_on)
    lines = [join([tag("strong", first), " ", ask_by])]
    if deadline.remaining:
        until = deadline.remaining[0].last_on
        remains = words(
            "deadline.remains",
            day=formats.day(until) if until else "",
            what=_names(place, deadline.remaining),
        )
    else:
        remains = words("deadline.remains_nothing")
    lines.append(join([remains]))
    if deadline.expired:
        gone = words("deadline.gone", what=_names(place, deadline.expired))
        lines.append(tag("span", gone, of="wb-muted"))
    return lines


def interval_text(place: Workplace, clock: ClockView | None) -> Html:
    """Say both ends of a last day whose start nobody dated exactly; nothing where there is one."""
    if clock is None or clock.last_on is None or clock.last_on_latest in (None, clock.last_on):
        return EMPTY
    latest = place.formats.day(clock.last_on_latest) if clock.last_on_latest else ""
    early = place.formats.day(clock.last_on)
    return tag("div", place.words("clock.interval", early=early, late=latest), of="wb-muted")


def _names(place: Workplace, clocks: Sequence[ClockView]) -> str:
    kinds = dict.fromkeys(clock.kind for clock in clocks)
    return "; ".join(
        lost_text(place, kind, _addresses([clock for clock in clocks if clock.kind == kind]))
        for kind in kinds
    )


def _addresses(clocks: Sequence[ClockView]) -> list[str]:
    return list(dict.fromkeys(clock.ip_address for clock in clocks if clock.ip_address))
