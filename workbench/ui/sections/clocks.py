"""Clocks: the time line of one referral, every last day with its basis, and what it means."""

from itertools import groupby

from workbench.desk.deadlines import ClockView
from workbench.desk.referral_view import ReferralView
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.parts.deadline import ask_by_text, deadline_sentences, interval_text
from workbench.ui.sections.attributions import counted_by
from workbench.ui.sections.source_marks import ValueMarks
from workbench.ui.sections.values import headed, moment, section
from workbench.ui.session import Workplace
from workbench.ui.signs import Deadline, Sign, certainty_lines, time_left_sign


def clocks_section(place: Workplace, view: ReferralView) -> Html:
    """Return what is lost first and the time line: incident, received, each last day."""
    words, header = place.words, view.header
    events = [
        (
            "clock.incident",
            "incident_at",
            header.incident_at,
            header.incident_at_zone_stated,
            header.incident_at_as_written,
        ),
        (
            "clock.received",
            "received_at",
            header.received_at,
            header.received_at_zone_stated,
            header.received_at_as_written,
        ),
    ]
    marks = ValueMarks(place, view)
    rows: list[tuple[str, ...]] = [
        (
            words(key),
            join(
                [
                    moment(place, at, zone_stated=zone, as_written=written),
                    marks.row("report", None, column) if at or written else EMPTY,
                ],
                " ",
            ),
            EMPTY,
            EMPTY,
        )
        for key, column, at, zone, written in events
    ]
    rows.extend(_clock(place, list(same)) for _, same in groupby(view.clocks, key=_same_clock))
    heads = ("what", "when", "left", "basis")
    table = headed(place, "clock.column.", heads, rows)
    parts = [deadline_sentences(place, view.deadline), table, counted_by(place, view)]
    return section(words("section.clocks"), join(parts))


def _same_clock(clock: ClockView) -> tuple[object, ...]:
    return (
        clock.kind,
        clock.title,
        clock.last_on,
        clock.last_on_latest,
        clock.is_country_assumed,
        clock.starts_at,
        clock.source_format,
    )


def _clock(place: Workplace, clocks: list[ClockView]) -> tuple[Html, ...]:
    words, clock = place.words, clocks[0]
    deadline = Deadline.of_clock(clock)
    what = [tag("div", words.or_as_written("clock", clock.kind))]
    addresses = list(dict.fromkeys(each.ip_address for each in clocks if each.ip_address))
    if addresses:
        what.append(tag("div", ", ".join(addresses), of="wb-mono wb-muted"))
    if clock.source_format:
        of_source = words(
            "clock.of_source", format=words.or_as_written("format", clock.source_format)
        )
        what.append(tag("div", of_source, of="wb-muted"))
    if clock.starts_at is not None:
        begins = words("clock.starts", at=place.formats.utc(clock.starts_at))
        what.append(tag("div", begins, of="wb-muted"))
    basis = [tag("div", clock.title)]
    basis.extend(tag("div", line, of="wb-muted") for line in certainty_lines(words, deadline))
    if not clock.is_counted and clock.last_on:
        basis.append(tag("div", words("clock.not_counted"), of="wb-muted"))
    basis.append(_sources(place, clock))
    return (join(what), _last_day(place, clock), _left(place, deadline, clock), join(basis))


def _left(place: Workplace, deadline: Deadline, clock: ClockView) -> Html:
    if clock.kind == "hidden_network":
        return Sign("expired", place.words("clock.hidden_network.left")).html()
    return time_left_sign(place.words, place.formats, deadline).html()


def _last_day(place: Workplace, clock: ClockView) -> Html:
    if clock.kind == "hidden_network":
        return tag("span", place.words("clock.hidden_network.when"), of="wb-muted")
    if clock.last_on is None:
        return tag("span", place.words("certainty.not_known"), of="wb-muted")
    lines = [tag("div", place.formats.weekday(clock.last_on)), interval_text(place, clock)]
    if clock.is_counted and clock.days_left is not None and clock.days_left >= 0:
        ask_by = ask_by_text(place, clock.last_on, clock.ask_by_on)
        lines.append(tag("div", ask_by, of="wb-muted"))
    return join(lines)


def _sources(place: Workplace, clock: ClockView) -> Html:
    """Return who says so, and why this was chosen where sources disagree, folded."""
    lines = [clock.choice or "", clock.source or ""]
    said = [tag("div", line, of="wb-muted") for line in lines if line]
    if not said:
        return EMPTY
    head = tag("summary", place.words("clock.sources"))
    return tag("details", head, *said, of="wb-folded")
