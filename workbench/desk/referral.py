"""Everything known about one referral, read for one screen."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from workbench.desk.copies.differences import Statable
from workbench.desk.copies.versions import list_versions, view_copies
from workbench.desk.deadlines import list_clocks, read_deadline
from workbench.desk.file_view import ComparedListView, FileView, HashMatchView, HashView
from workbench.desk.history_view import DecisionView, LinkView, ReadingView, VersionView
from workbench.desk.kinds_view import list_transactions, list_web_addresses
from workbench.desk.network_view import IpEventView, ncmec_lookups, network_statements
from workbench.desk.origins import SourceRows
from workbench.desk.people_view import AddressView, AttributeView, IdentifierView, PartyView
from workbench.desk.referral_view import (
    FindingView,
    Header,
    ProviderNameView,
    ReferralGlance,
    ReferralView,
    TextView,
    WorkingCalendarView,
)
from workbench.desk.text_signals import list_text_scans, list_text_signals
from workbench.desk.value_places import ValuePlaces
from workbench.errors import NotFoundError, UserError
from workbench.model.provenance import FindPlaces
from workbench.store.connection import Row, Store

# What stands in a sentence for a fact that nobody stated.
_BLANK = {"en": "not stated", "nb": "ikke oppgitt"}

# A value that more referrals than this share (a mobile carrier's number, "admin") ties nobody.
_MOST_REFERRALS_A_VALUE_TIES = 25


View = TypeVar("View")
Owned = TypeVar("Owned", IdentifierView, AttributeView)


def find_referral(store: Store, reference: str) -> str:
    """Return the id of the referral with this id or report number.

    Raises:
        NotFoundError: There is none.
        UserError: The report number stands in several numberings; the message names the ids.
    """
    found = store.rows("desk/find_referral", {"reference": reference.strip()})
    ids = [row["referral_id"] for row in found if row["is_id"]] or [
        row["referral_id"] for row in found
    ]
    if not ids:
        raise NotFoundError(
            f"There is no referral {reference.strip()}.",
            remedy="Check the number, or import the report first.",
        )
    if len(ids) > 1:
        raise UserError(
            f"Report number {reference.strip()} belongs to {len(ids)} referrals.",
            remedy=f"Name one by its id: {', '.join(ids)}.",
        )
    return str(ids[0])


def show_referral(  # noqa: PLR0913 - what is known of formats is handed in
    store: Store,
    reference: str,
    *,
    today: date,
    language: str,
    statable: Statable | None = None,
    find_places: FindPlaces | None = None,
) -> ReferralView:
    """Return what is known of a referral's current version, and what was done with it.

    Time left is counted from `today`. Without `statable` a format can state what its copy mentions;
    without `find_places` values have the place of their row.

    Raises:
        NotFoundError, UserError: None, or several, have this `reference`, an id or report number.
    """
    header = _show_header(store, find_referral(store, reference), today)
    versions = list_versions(store, header.referral_id)
    copies = view_copies(store, versions, header.version_decided_on, statable or {}, find_places)
    parties, identifiers, attributes = _read_people(store, header.version_id)
    party_numbers = {party.party_no for party in parties}
    clocks = list_clocks(store, header.version_id, language, today)
    return ReferralView(
        header=header,
        findings=_list_findings(store, header, language, copies.current),
        clocks=clocks,
        deadline=read_deadline(clocks),
        parties=parties,
        unattached_identifiers=_of_nobody(identifiers, party_numbers),
        attributes=tuple(x for x in _of_nobody(attributes, party_numbers) if x.file_no is None),
        web_addresses=list_web_addresses(store, header.version_id),
        transactions=list_transactions(store, header.version_id),
        ip_events=_list_ip_events(store, header.version_id, today),
        files=_list_files(store, header.version_id, attributes, party_numbers),
        texts=_all(store, "texts", TextView, version_id=header.version_id),
        text_signals=list_text_signals(store, header.version_id),
        text_scans=list_text_scans(store, header.version_id),
        provider_name=_provider_name(store, header.provider_as_written),
        working_calendar=_working_calendar(store),
        links=_list_links(store, header.version_id),
        came_since=_since(versions),
        versions=versions,
        sources=copies.sources,
        since_decision=copies.since_decision,
        decisions=_list_decisions(store, header.referral_id),
        readings=_all(store, "readings", ReadingView, referral_id=header.referral_id),
        not_stated=copies.current.not_stated(),
        places=ValuePlaces(copies.current),
    )


def glance_at_referral(
    store: Store, reference: str, *, today: date, language: str
) -> ReferralGlance:
    """Return what the reading pane says: no texts, no history, no source positions.

    An officer who walks down the queue waits for this, so it reads nothing that is not shown.
    Arguments and errors are those of `show_referral`.
    """
    header = _show_header(store, find_referral(store, reference), today)
    here = {"version_id": header.version_id}
    identifiers = _all(store, "identifiers", IdentifierView, **here)
    clocks = list_clocks(store, header.version_id, language, today)
    is_decided = header.version_decided_on is not None
    return ReferralGlance(
        header=header,
        findings=_list_findings(store, header, language, None),
        clocks=clocks,
        deadline=read_deadline(clocks),
        parties=_list_parties(store, header.version_id, identifiers, ()),
        ip_events=_list_ip_events(store, header.version_id, today),
        files=_list_files(store, header.version_id, (), set()),
        web_addresses=list_web_addresses(store, header.version_id),
        transactions=list_transactions(store, header.version_id),
        links=_list_links(store, header.version_id),
        came_since=_since(list_versions(store, header.referral_id)) if is_decided else (),
    )


def _since(versions: Sequence[VersionView]) -> tuple[VersionView, ...]:
    return tuple(version for version in versions if version.is_since_decision)


def _show_header(store: Store, referral_id: str, today: date) -> Header:
    [found] = store.rows("desk/show_header", {"referral_id": referral_id, "today": today})
    return Header(
        **_listed(found, "additional_incident_types", "annotations"),
        days_left=_days_left(found["deadline_on"], today),
    )


def _working_calendar(store: Store) -> WorkingCalendarView | None:
    found = store.rows("desk/show_working_calendar")
    return WorkingCalendarView(**found[0]) if found else None


def _provider_name(store: Store, name_as_written: str | None) -> ProviderNameView | None:
    if name_as_written is None:
        return None
    found = store.rows("desk/show_provider_name", {"name_as_written": name_as_written})
    return ProviderNameView(**found[0]) if found else None


def _all(store: Store, section: str, view: type[View], **params: str | int) -> tuple[View, ...]:
    return tuple(view(**row) for row in store.rows(f"desk/list_{section}", params))


def _days_left(last_on: date | None, today: date) -> int | None:
    return None if last_on is None else (last_on - today).days


def _listed(row: Row, *columns: str) -> Row:
    """Turn list columns into tuples; a list nobody stated is empty."""
    return {**row, **{column: tuple(row[column] or ()) for column in columns}}


def _list_findings(
    store: Store, header: Header, language: str, source: SourceRows | None
) -> tuple[FindingView, ...]:
    of_rulebook = {"rulebook_hash": header.rulebook_hash, "language": language}
    facts = store.rows("desk/list_facts", of_rulebook)
    titles = {fact["name"]: fact["title"] for fact in facts}
    origins = {fact["name"]: fact["origin"] for fact in facts}
    params = {"version_id": header.version_id, "language": language, "blank": _BLANK[language]}
    findings = []
    for row in store.rows("desk/list_findings", params):
        used: dict[str, Any] = json.loads(row.pop("facts"))
        named = {name: titles.get(name, name) for name in used}
        positions = source.positions(used, origins) if source else ()
        findings.append(FindingView(**row, facts=used, fact_titles=named, positions=positions))
    return tuple(findings)


def _of_nobody(entries: Sequence[Owned], party_numbers: set[int | None]) -> tuple[Owned, ...]:
    return tuple(entry for entry in entries if entry.party_no not in party_numbers)


def _read_people(
    store: Store, version_id: str
) -> tuple[tuple[PartyView, ...], tuple[IdentifierView, ...], tuple[AttributeView, ...]]:
    identifiers = _all(store, "identifiers", IdentifierView, version_id=version_id)
    attributes = _all(store, "attributes", AttributeView, version_id=version_id)
    return _list_parties(store, version_id, identifiers, attributes), identifiers, attributes


def _list_parties(
    store: Store,
    version_id: str,
    identifiers: Sequence[IdentifierView],
    attributes: Sequence[AttributeView],
) -> tuple[PartyView, ...]:
    addresses = _all(store, "addresses", AddressView, version_id=version_id)
    return tuple(
        PartyView(
            **row,
            identifiers=tuple(x for x in identifiers if x.party_no == row["party_no"]),
            addresses=tuple(x for x in addresses if x.party_no == row["party_no"]),
            attributes=tuple(x for x in attributes if x.party_no == row["party_no"]),
        )
        for row in store.rows("desk/list_parties", {"version_id": version_id})
    )


def _list_ip_events(store: Store, version_id: str, today: date) -> tuple[IpEventView, ...]:
    return tuple(
        IpEventView(
            **{
                **row,
                "statements": network_statements(row["statements"]),
                "ncmec_lookups": ncmec_lookups(row["ncmec_lookups"]),
            },
            days_left=_days_left(row["last_on"], today),
        )
        for row in store.rows("desk/list_ip_events", {"version_id": version_id})
    )


def _list_files(
    store: Store,
    version_id: str,
    attributes: Sequence[AttributeView],
    party_numbers: set[int | None],
) -> tuple[FileView, ...]:
    hashes: dict[int | None, list[HashView]] = {}
    for row in store.rows("desk/list_hashes", {"version_id": version_id}):
        hashes.setdefault(row.pop("file_no"), []).append(HashView(**row))
    here = {"version_id": version_id}
    matches: dict[int | None, list[HashMatchView]] = {}
    for row in store.rows("desk/list_hash_matches", here):
        matches.setdefault(row.pop("file_no"), []).append(HashMatchView(**row))
    compared: dict[int | None, list[ComparedListView]] = {}
    for row in store.rows("desk/list_compared_lists", here):
        compared.setdefault(row.pop("file_no"), []).append(ComparedListView(**row))
    own = [entry for entry in attributes if entry.party_no not in party_numbers]
    return tuple(
        FileView(
            **_listed(row, "flags", "ncmec_tags"),
            hashes=tuple(hashes.get(row["file_no"], ())),
            list_matches=tuple(matches.get(row["file_no"], ())),
            compared_lists=tuple(compared.get(row["file_no"], ())),
            attributes=tuple(x for x in own if x.file_no == row["file_no"]),
        )
        for row in store.rows("desk/list_files", {"version_id": version_id})
    )


def _list_links(store: Store, version_id: str) -> tuple[LinkView, ...]:
    most = _MOST_REFERRALS_A_VALUE_TIES
    return (
        *_all(store, "stated_links", LinkView, version_id=version_id),
        *_all(store, "same_value_links", LinkView, version_id=version_id, most_referrals=most),
    )


def _list_decisions(store: Store, referral_id: str) -> tuple[DecisionView, ...]:
    return tuple(
        DecisionView(
            **{
                **row,
                "decision_id": str(row["decision_id"]),
                "supersedes": str(row["supersedes"]) if row["supersedes"] else None,
            }
        )
        for row in store.rows("desk/list_decisions", {"referral_id": referral_id})
    )
