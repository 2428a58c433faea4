"""Clocks, addresses and files: what could identify somebody, and how long it can be asked for."""

from collections.abc import Iterable
from itertools import groupby

from workbench.desk.referral_view import ClockView, FileView, IpEventView, ReferralView
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.sections.people import attribute_list
from workbench.ui.sections.values import (
    SourceMark,
    copied,
    headed,
    moment,
    said,
    section,
    source_mark,
    tags,
    yes_or_no,
)
from workbench.ui.session import Workplace
from workbench.ui.signs import Deadline, deadline_title, time_left_sign


def clocks_section(place: Workplace, view: ReferralView) -> Html:
    """Return the time line: incident, received, each last day."""
    words, header = place.words, view.header
    events = [
        (
            "clock.incident",
            header.incident_at,
            header.incident_at_zone_stated,
            header.incident_at_as_written,
        ),
        (
            "clock.received",
            header.received_at,
            header.received_at_zone_stated,
            header.received_at_as_written,
        ),
    ]
    rows: list[tuple[str, ...]] = [
        (words(key), moment(place, at, zone_stated=zone, as_written=written), EMPTY, EMPTY)
        for key, at, zone, written in events
    ]
    rows.extend(_clock(place, list(same)) for _, same in groupby(view.clocks, key=_same_clock))
    heads = ("what", "when", "left", "basis")
    return section(words("section.clocks"), headed(place, "clock.column.", heads, rows))


def _same_clock(clock: ClockView) -> tuple[object, ...]:
    return (clock.kind, clock.title, clock.last_on, clock.is_country_assumed)


def _clock(place: Workplace, clocks: list[ClockView]) -> tuple[Html, ...]:
    words, clock = place.words, clocks[0]
    deadline = Deadline.of_clock(clock)
    what = [tag("div", words.or_as_written("clock", clock.kind))]
    addresses = list(dict.fromkeys(each.ip_address for each in clocks if each.ip_address))
    if addresses:
        what.append(tag("div", ", ".join(addresses), of="wb-mono wb-muted"))
    last = (
        tag("span", place.formats.day(clock.last_on))
        if clock.last_on
        else tag("span", words("certainty.not_known"), of="wb-muted")
    )
    basis = [tag("div", clock.title)]
    basis.extend(
        tag("div", line, of="wb-muted")
        for line in deadline_title(words, place.formats, deadline).split("\n")[1:]
    )
    return (join(what), last, time_left_sign(words, place.formats, deadline).html(), join(basis))


def addresses_section(place: Workplace, view: ReferralView) -> Html:
    """Return every address seen, when, from which port, and how long one can ask."""
    words = place.words
    mark = source_mark(place, view.file)
    rows = [_ip_event(place, event, mark) for event in view.ip_events]
    heads = ("address", "seen", "port", "event", "network", "country", "last_day")
    body = headed(place, "ip.column.", heads, rows)
    return section(
        words("section.addresses"),
        body,
        count=place.formats.number(len(rows)),
        nothing=words("section.addresses.nothing"),
    )


def _ip_event(place: Workplace, event: IpEventView, mark: SourceMark) -> tuple[Html, ...]:
    words = place.words
    network = [tag("div", words.or_as_written("network", event.network_kind or "unknown"))]
    if event.network_owner:
        network.append(tag("div", event.network_owner, of="wb-muted"))
    if event.is_possible_proxy:
        network.append(tag("span", words("ip.possible_proxy"), of="wb-tag"))
    deadline = Deadline(
        event.last_on,
        "connection_data",
        event.days_left,
        is_country_assumed=event.is_country_assumed,
    )
    return (
        join([copied(place, event.ip_address_as_written), mark(event.source_path)], " "),
        moment(
            place,
            event.occurred_at,
            zone_stated=event.occurred_at_zone_stated,
            as_written=event.occurred_at_as_written,
        ),
        said(words, event.source_port),
        said(words, event.event_name),
        join(network),
        said(words, event.country),
        time_left_sign(words, place.formats, deadline).html(),
    )


def files_section(place: Workplace, view: ReferralView) -> Html:
    """Return the files the report names: names, hashes and what was said of each."""
    words = place.words
    mark = source_mark(place, view.file)
    rows = [_file(place, file, mark) for file in view.files]
    heads = ("no", "name", "hash", "viewed", "public", "class", "flags")
    body = headed(place, "file.column.", heads, rows)
    return section(
        words("section.files"),
        body,
        count=place.formats.number(len(rows)),
        nothing=words("section.files.nothing"),
    )


def _file(place: Workplace, file: FileView, mark: SourceMark) -> tuple[Html, ...]:
    words = place.words
    name = file.original_name or file.file_name or file.file_id
    hashes = (
        tag(
            "div",
            tag("span", entry.hash_type or "", of="wb-muted"),
            " ",
            copied(place, entry.value or entry.value_as_written),
            " ",
            mark(entry.source_path),
        )
        for entry in file.hashes
    )
    flags = [words.or_as_written("flag", flag) for flag in (*file.flags, *file.ncmec_tags)]
    if file.relevance:
        flags.append(file.relevance)
    return (
        said(words, file.file_no),
        join([said(words, name), " ", mark(file.source_path), _more_of_file(place, file, mark)]),
        join(hashes) or said(words, None),
        yes_or_no(words, file.is_viewed_by_provider),
        yes_or_no(words, file.is_publicly_available),
        said(words, file.industry_classification),
        tags(_unique(flags)),
    )


def _more_of_file(place: Workplace, file: FileView, mark: SourceMark) -> Html:
    lines = [tag("div", file.location_of_file, of="wb-muted")] if file.location_of_file else []
    if file.uploaded_at:
        at = moment(place, file.uploaded_at, zone_stated=file.uploaded_at_zone_stated)
        lines.append(tag("div", place.words("file.uploaded"), " ", at, of="wb-muted"))
    return join([*lines, attribute_list(file.attributes, mark)])


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
