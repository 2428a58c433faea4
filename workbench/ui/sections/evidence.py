"""Addresses and files: what could identify somebody, and how long it can be asked for."""

from collections.abc import Iterable

from workbench.desk.deadlines import ClockView
from workbench.desk.file_view import FileView
from workbench.desk.network_view import IpEventView
from workbench.desk.referral_view import Header, ReferralView
from workbench.ui.markup import Html, join, tag
from workbench.ui.parts.deadline import ask_by_text, interval_text
from workbench.ui.sections.hash_lists import lists_cell, meaningless_mark
from workbench.ui.sections.networks import country_cell, network_cell
from workbench.ui.sections.people import attribute_list
from workbench.ui.sections.source_marks import ValueMarks
from workbench.ui.sections.values import (
    copied,
    headed,
    moment,
    said,
    section,
    tags,
    yes_or_no,
)
from workbench.ui.session import Workplace
from workbench.ui.signs import Deadline, time_left_sign


def addresses_section(place: Workplace, view: ReferralView) -> Html:
    """Return every address seen, when, from which port, and how long one can ask."""
    words = place.words
    marks = ValueMarks(place, view)
    clocks: dict[int | None, ClockView] = {
        clock.ip_event_no: clock for clock in view.clocks if clock.ip_event_no is not None
    }
    rows = [
        _ip_event(place, event, view.header, marks, clocks.get(event.ip_event_no))
        for event in view.ip_events
    ]
    heads = ("address", "seen", "port", "event", "network", "country", "last_day")
    body = headed(place, "ip.column.", heads, rows)
    return section(
        words("section.addresses"),
        body,
        count=place.formats.number(len(rows)),
        nothing=words("section.addresses.nothing"),
    )


def _ip_event(
    place: Workplace,
    event: IpEventView,
    header: Header,
    marks: ValueMarks,
    clock: ClockView | None,
) -> tuple[Html, ...]:
    words = place.words
    address = tag("div", copied(place, event.ip_address_as_written), of="wb-address")
    return (
        join([address, marks.row("ip_event", event)], " "),
        moment(
            place,
            event.occurred_at,
            zone_stated=event.occurred_at_zone_stated,
            as_written=event.occurred_at_as_written,
        ),
        said(words, event.source_port),
        said(words, event.event_name),
        network_cell(place, event, header, marks),
        country_cell(place, event),
        _last_day(place, clock),
    )


def _last_day(place: Workplace, clock: ClockView | None) -> Html:
    """Return how long one can ask about an address, both ends where there are two, and by when."""
    if clock is None:
        return time_left_sign(place.words, place.formats, Deadline()).html()
    if clock.kind == "hidden_network":
        return tag("div", clock.title, of="wb-muted wb-last-day")
    deadline = Deadline.of_clock(clock)
    lines = [tag("div", time_left_sign(place.words, place.formats, deadline).html())]
    if clock.last_on:
        lines.append(tag("div", place.formats.day(clock.last_on), of="wb-muted"))
    lines.append(interval_text(place, clock))
    if clock.days_left is not None and clock.days_left >= 0:
        ask_by = ask_by_text(place, clock.last_on, clock.ask_by_on)
        lines.append(tag("div", ask_by, of="wb-muted"))
    return tag("div", *lines, of="wb-last-day")


def files_section(place: Workplace, view: ReferralView) -> Html:
    """Return the files the report names: names, hashes and what was said of each."""
    words = place.words
    marks = ValueMarks(place, view)
    rows = [_file(place, file, marks) for file in view.files]
    heads = ("no", "name", "hash", "lists", "viewed", "public", "class", "flags")
    body = headed(place, "file.column.", heads, rows)
    return section(
        words("section.files"),
        body,
        count=place.formats.number(len(rows)),
        nothing=words("section.files.nothing"),
    )


def _file(place: Workplace, file: FileView, marks: ValueMarks) -> tuple[Html, ...]:
    words = place.words
    name = file.original_name or file.file_name or file.file_id
    hashes = (
        tag(
            "div",
            tag("span", entry.hash_type or "", of="wb-muted"),
            " ",
            copied(place, entry.value or entry.value_as_written),
            " ",
            marks.row("file_hash", entry),
            meaningless_mark(place, entry),
        )
        for entry in file.hashes
    )
    flags = [words.or_as_written("flag", flag) for flag in (*file.flags, *file.ncmec_tags)]
    if file.relevance:
        flags.append(file.relevance)
    return (
        said(words, file.file_no),
        join(
            [
                said(words, name),
                " ",
                marks.row("file_record", file),
                _more_of_file(place, file, marks),
            ]
        ),
        join(hashes) or said(words, None),
        lists_cell(place, file),
        yes_or_no(words, file.is_viewed_by_provider),
        yes_or_no(words, file.is_publicly_available),
        said(words, file.industry_classification),
        tags(_unique(flags)),
    )


def _more_of_file(place: Workplace, file: FileView, marks: ValueMarks) -> Html:
    lines = [tag("div", file.location_of_file, of="wb-muted")] if file.location_of_file else []
    if file.uploaded_at:
        at = moment(place, file.uploaded_at, zone_stated=file.uploaded_at_zone_stated)
        lines.append(tag("div", place.words("file.uploaded"), " ", at, of="wb-muted"))
    return join([*lines, attribute_list(file.attributes, marks)])


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
