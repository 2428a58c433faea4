"""What four sources say of one address: the provider, NCMEC, and each of our own lists."""

from datetime import date

from workbench.desk.network_view import IpEventView, NetworkStatement
from workbench.desk.referral_view import Header
from workbench.ui.markup import Html, join, tag
from workbench.ui.sections.values import headed, said
from workbench.ui.session import Workplace


def network_cell(place: Workplace, event: IpEventView, header: Header) -> Html:
    """Return the kind of network, which list says so as of when, and all that others say."""
    words = place.words
    lines = [tag("div", words.or_as_written("network", event.network_kind or "unknown"))]
    if event.kind_source:
        source = _list_and_day(place, event.kind_source, event.kind_as_of)
        lines.append(tag("div", source, of="wb-muted", title=event.kind_range or ""))
    if event.network_owner:
        hover = _list_and_day(place, event.owner_source or "", event.owner_as_of)
        lines.append(tag("div", event.network_owner, title=hover))
    marks = []
    if event.is_possible_proxy:
        marks.append(tag("span", words("ip.possible_proxy"), of="wb-tag"))
    if event.is_shared and event.source_port is None:
        marks.append(tag("span", words("ip.needs_port"), of="wb-tag"))
    if marks:
        lines.append(tag("div", join(marks, " ")))
    return join([*lines, _who_says_what(place, event, header)])


def country_cell(place: Workplace, event: IpEventView) -> Html:
    """Return the country by our own lists and by NCMEC's look-up, one beside the other."""
    lines = []
    if event.country:
        source = _list_and_day(place, event.country_source or "", event.country_as_of)
        lines += [tag("div", event.country), tag("div", source, of="wb-muted")]
    if event.ncmec_country:
        day = place.formats.day(event.ncmec_as_of) if event.ncmec_as_of else ""
        source = place.words("ip.says.ncmec", day=day)
        lines += [tag("div", event.ncmec_country), tag("div", source, of="wb-muted")]
    return join(lines) or said(place.words, None)


def _list_and_day(place: Workplace, name: str, day: date | None) -> str:
    if day is None:
        return place.words("ip.says.undated", list=name)
    return place.words("ip.says", list=name, day=place.formats.day(day))


def _who_says_what(place: Workplace, event: IpEventView, header: Header) -> Html:
    words = place.words
    rows = [_provider_row(place, event, header), _ncmec_row(place, event)]
    rows += [_list_row(place, statement) for statement in event.statements]
    if not event.statements:
        asked = event.looked_up_at
        nothing = words("network.unknown" if asked else "ip.said.not_looked_up")
        day = place.formats.day(asked.date()) if asked else ""
        rows.append((words("ip.said.no_list"), nothing, "", day))
    body = headed(place, "ip.said.column.", ("who", "what", "range", "as_of"), rows)
    return tag("details", tag("summary", words("ip.said")), body, of="wb-place")


def _provider_row(place: Workplace, event: IpEventView, header: Header) -> tuple[str, ...]:
    words = place.words
    claim = {True: words("ip.said.proxy.yes"), False: words("ip.said.proxy.no")}
    what = claim.get(event.is_possible_proxy) if event.is_possible_proxy is not None else None
    received = header.received_at
    as_of = place.formats.day(received.date()) if received and what else ""
    return (words("ip.said.provider"), said(words, what), "", as_of)


def _ncmec_row(place: Workplace, event: IpEventView) -> tuple[str, ...]:
    words = place.words
    what = ", ".join(part for part in (event.ncmec_country, event.ncmec_organization) if part)
    as_of = place.formats.day(event.ncmec_as_of) if event.ncmec_as_of and what else ""
    return (words("ip.said.ncmec"), said(words, what), "", as_of)


def _list_row(place: Workplace, statement: NetworkStatement) -> tuple[str, ...]:
    words = place.words
    parts = [
        words.or_as_written("network", statement.kind) if statement.kind else "",
        statement.owner or "",
        statement.country or "",
        words("ip.said.shared") if statement.is_shared else "",
    ]
    basis = words.or_as_written("as_of", statement.list_as_of_basis)
    day = place.formats.day(statement.list_as_of) if statement.list_as_of else ""
    return (
        words("ip.said.list", list=statement.list_name),
        ", ".join(part for part in parts if part) or said(words, None),
        tag("span", statement.matched_range, of="wb-mono"),
        join([tag("div", day), tag("div", basis, of="wb-muted")] if day else [tag("div", basis)]),
    )
