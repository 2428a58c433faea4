"""What four sources say of one address: the provider, NCMEC, and each of our own lists."""

from datetime import date

from workbench.desk.network_view import IpEventView, NamedCountry, NcmecLookup, NetworkStatement
from workbench.desk.referral_view import Header
from workbench.ui.markup import Html, join, tag
from workbench.ui.sections.attributions import added, list_and_day, local_day
from workbench.ui.sections.source_marks import ValueMarks
from workbench.ui.sections.values import said
from workbench.ui.session import Workplace


def network_cell(place: Workplace, event: IpEventView, header: Header, marks: ValueMarks) -> Html:
    """Return the kind of network, which list says so as of when, and all that others say."""
    words = place.words
    kind = words.or_as_written("network", event.network_kind or "unknown")
    lines = [added("network_kind", kind, _kind_says(place, event), hover=event.kind_range or "")]
    if event.network_owner:
        says = list_and_day(place, event.owner_source or "", event.owner_as_of)
        # One list often says both; its name stands there once.
        is_same = says == _kind_says(place, event)
        owner = tag("div", event.network_owner, title=says, data_added="network_owner")
        lines.append(owner if is_same else added("network_owner", event.network_owner, says))
    tags = []
    if event.is_possible_proxy:
        hover = words("ip.said.provider") + ", " + _received(place, header)
        tags.append(tag("span", words("ip.possible_proxy"), of="wb-tag", title=hover))
    if event.needs_port:
        hover = _kind_says(place, event)
        tags.append(tag("span", words("ip.needs_port"), of="wb-tag", title=hover))
    if tags:
        lines.append(tag("div", join(tags, " ")))
    return join([*lines, _who_says_what(place, event, header, marks)])


def country_cell(place: Workplace, event: IpEventView) -> Html:
    """Return each country that our own lists and NCMEC's look-ups name, with the first to say so.

    Where they name several, what that means for the last day stands below.
    """
    lines = [
        added(
            "network_country" if named.list_name else "ncmec_country",
            named.country or "",
            _names_it(place, named),
        )
        for named in event.named_countries
    ]
    if say := event.countries_say:
        meant = place.words(f"ip.countries.{say}", country=event.last_on_country or "")
        lines.append(tag("div", meant, of="wb-says"))
    return join(lines) or said(place.words, None)


def _kind_says(place: Workplace, event: IpEventView) -> str:
    """Say which list gives the kind; where none does, when they were all asked."""
    if event.kind_source:
        return list_and_day(place, event.kind_source, event.kind_as_of)
    if event.looked_up_at is None:
        return place.words("ip.said.not_looked_up")
    return place.words("says.asked_on", day=local_day(place, event.looked_up_at))


def _names_it(place: Workplace, named: NamedCountry) -> str:
    if named.list_name:
        return list_and_day(place, named.list_name, named.as_of)
    if named.as_of is None:
        return place.words("ip.says.ncmec.undated")
    return place.words("ip.says.ncmec", day=place.formats.day(named.as_of))


def _received(place: Workplace, header: Header) -> str:
    received = header.received_at
    return (
        _as_of(place, place.formats.local_day(received))
        if received
        else place.words("says.undated")
    )


def _who_says_what(place: Workplace, event: IpEventView, header: Header, marks: ValueMarks) -> Html:
    lines = [_provider_line(place, event, header)]
    lines += [_ncmec_line(place, lookup, marks) for lookup in event.ncmec_lookups or (None,)]
    lines += [_list_line(place, statement) for statement in event.statements]
    if not event.statements:
        lines.append(_no_list_line(place, event))
    return tag("details", tag("summary", place.words("ip.said")), *lines, of="wb-place")


def _line(who: str, what: Html | str, where_and_when: str) -> Html:
    """Return who says what, and below it from which range and as of when."""
    said_so = tag("div", tag("strong", who), ": ", what)
    return join(
        [said_so, tag("div", where_and_when, of="wb-muted")] if where_and_when else [said_so]
    )


def _as_of(place: Workplace, day: date | None) -> str:
    return place.words("ip.said.as_of", day=place.formats.day(day)) if day else ""


def _provider_line(place: Workplace, event: IpEventView, header: Header) -> Html:
    words, claim = place.words, event.is_possible_proxy
    who = words("ip.said.provider")
    if claim is None:
        return _line(who, said(words, None), "")
    what = words("ip.said.proxy.yes" if claim else "ip.said.proxy.no")
    return _line(who, what, _received(place, header))


def _ncmec_line(place: Workplace, lookup: NcmecLookup | None, marks: ValueMarks) -> Html:
    words, who = place.words, place.words("ip.said.ncmec")
    if lookup is None:
        return _line(who, said(words, None), "")
    what = ", ".join(part for part in (lookup.country, lookup.organization) if part)
    when = _as_of(place, lookup.as_of) or words("says.undated")
    return join([_line(who, said(words, what), when), marks.row_at(lookup.source_path)])


def _list_line(place: Workplace, statement: NetworkStatement) -> Html:
    words = place.words
    parts = [
        words.or_as_written("network", statement.kind) if statement.kind else "",
        statement.owner or "",
        statement.country or "",
        words("ip.said.shared") if statement.is_shared else "",
    ]
    basis = words.or_as_written("as_of", statement.list_as_of_basis)
    day = _as_of(place, statement.list_as_of)
    where_and_when = f"{statement.matched_range}, " + (f"{day} ({basis})" if day else basis)
    what = ", ".join(part for part in parts if part)
    who = words("ip.said.list", list=statement.list_name)
    return _line(who, said(words, what), where_and_when)


def _no_list_line(place: Workplace, event: IpEventView) -> Html:
    words, asked = place.words, event.looked_up_at
    what = words("network.unknown" if asked else "ip.said.not_looked_up")
    return _line(words("ip.said.no_list"), what, _as_of(place, asked.date() if asked else None))
