"""One referral, read whole: findings with places, clocks, people, what is tied to it, history."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.desk.store_rows import (
    NOON,
    TODAY,
    add_assessment,
    add_decision,
    add_provider_name,
    add_referral,
    add_rulebook,
    insert,
)
from workbench.desk.decisions import record_decision, record_reading, undo_decision
from workbench.desk.history_view import LinkView
from workbench.desk.origins import NotStated, SourcePosition
from workbench.desk.referral import find_referral, show_referral
from workbench.desk.referral_view import ReferralView
from workbench.errors import NotFoundError, UserError
from workbench.store.connection import Store


def show(store: Store, reference: str = "a", language: str = "en") -> ReferralView:
    return show_referral(store, reference, today=TODAY, language=language)


@pytest.mark.parametrize(
    ("is_shared", "port", "needs_port"),
    [
        (True, None, True),
        (True, 0, True),
        (True, 65536, True),
        (True, 1, False),
        (True, 65535, False),
        (False, None, False),
        (None, None, False),
    ],
)
def test_a_shared_address_needs_a_port_that_can_be_one(
    store: Store, *, is_shared: bool | None, port: int | None, needs_port: bool
) -> None:
    identity = add_referral(store, "a")
    insert(
        store, "referral.ip_event", version_id=identity, ip_event_no=1, ip_address="192.0.2.7",
        source_port=port,
    )  # fmt: skip
    [event] = show(store).ip_events
    assert event.source_port == port
    assert replace(event, is_shared=is_shared).needs_port is needs_port


def add_account(store: Store, identity: str, *, role: str = "reported_user", **values: str) -> None:
    """Add party 1 with one identifier per kind and value named."""
    insert(
        store, "referral.party", version_id=identity, party_no=1, role=role, source_path="/person"
    )
    for kind, value in values.items():
        insert(
            store,
            "referral.identifier",
            version_id=identity,
            party_no=1,
            kind=kind,
            value_as_written=value.upper(),
            value=value,
            source_path=f"/person/{kind}",
        )


def test_a_referral_is_found_by_id_and_by_number_of_any_version(store: Store) -> None:
    add_referral(store, "a", report_number="991000001")
    add_referral(store, "a", report_number="991000001", version=2)
    assert find_referral(store, "a") == find_referral(store, " 991000001 ") == "a"
    with pytest.raises(NotFoundError):
        find_referral(store, "991000002")


def test_an_id_wins_over_a_number_that_reads_the_same(store: Store) -> None:
    add_referral(store, "991000001", report_number="991000005")
    add_referral(store, "b", report_number="991000001")
    assert find_referral(store, "991000001") == "991000001"


def test_a_number_in_two_numberings_names_both(store: Store) -> None:
    add_referral(store, "a", report_number="991000001")
    add_referral(store, "b", report_number="991000001", source_system="archive")
    with pytest.raises(UserError, match="a, b") as refused:
        find_referral(store, "991000001")
    assert not isinstance(refused.value, NotFoundError)


def test_a_bare_referral_shows_unknown_everywhere_and_nothing_invented(store: Store) -> None:
    add_referral(store, "a", provider=None, received_at=None)
    view = show(store)
    assert view.header.report_number is None
    assert (view.header.urgency, view.header.deadline_on, view.header.days_left) == (None,) * 3
    assert view.header.annotations == ()
    assert (view.findings, view.clocks, view.parties, view.files, view.links) == ((),) * 5
    assert len(view.versions) == 1
    assert view.versions[0].file is None


def test_findings_carry_sentence_values_and_places_in_both_languages(store: Store) -> None:
    add_rulebook(store)
    identity = add_referral(store, "a", escalation_text="now", source_path="/report")
    insert(
        store, "referral.source_file", source_file_id=f"file-{identity}", batch_id="batch",
        file_name="pack.zip!/991000001/report.xml", source_format="xml", byte_count=1, sha256="0",
    )  # fmt: skip
    add_account(store, identity, role="victim")
    insert(
        store, "referral.party", version_id=identity, party_no=2, age=13, source_path="/victim[2]"
    )
    add_assessment(
        store, identity, outcomes=(True, None, False, False, None),
        facts='{"is_escalated": true, "ip_count": 0}',
    )  # fmt: skip
    view = show(store)
    assert [(f.axis, f.outcome, f.rule_id) for f in view.findings] == [
        ("urgency", "met", "child-at-risk"),
        ("urgency", "unknown", "stated-victim"),
        ("urgency", "unknown", "for-the-record"),
        ("actionability", "not_met", "dated-address"),
        ("quality", "not_met", "complete"),
    ]
    met, unknown, _, not_met, _ = view.findings
    assert (met.sentence, met.ask_for, met.facts) == ("Met by true.", "", {"is_escalated": True})
    assert (unknown.sentence, unknown.ask_for) == ("Unknown: not stated.", "Ask for victim_age.")
    assert (unknown.facts, unknown.fact_titles) == (
        {"victim_age": None}, {"victim_age": "victim age"},
    )  # fmt: skip
    assert not_met.sentence == "Not met: 0."
    file = "pack.zip!/991000001/report.xml"
    assert met.positions == (SourcePosition(file, "/report"),)
    assert unknown.positions == (
        SourcePosition(file, "/person"), SourcePosition(file, "/victim[2]"),
    )  # fmt: skip
    assert not_met.positions == ()
    norwegian = show(store, language="nb").findings
    assert norwegian[0].sentence == "Oppfylt av true."
    assert norwegian[1].sentence == "Unknown: ikke oppgitt."
    assert norwegian[1].fact_titles == {"victim_age": "norsk victim_age"}


def test_clocks_are_ordered_with_what_runs_out_and_why(store: Store) -> None:
    add_rulebook(store)
    identity = add_referral(store, "a")
    insert(
        store, "referral.ip_event", version_id=identity, ip_event_no=2, ip_address="192.0.2.7",
        ip_address_as_written="192.0.2.7", occurred_at=NOON,
    )  # fmt: skip
    insert(
        store, "referral.geo_lookup", version_id=identity, ip_address="192.0.2.7", country="NO",
        organization="Example Access",
    )  # fmt: skip
    add_assessment(store, identity, last_days=[None, TODAY + timedelta(days=3)])
    view = show(store, language="nb")
    assert [(c.ip_event_no, c.days_left) for c in view.clocks] == [(2, 3), (1, None)]
    first = view.clocks[0]
    assert (first.ip_address, first.title, first.legal_basis) == (
        "192.0.2.7", "Lagres i ett år", "Lov om no-access",
    )  # fmt: skip
    assert (view.header.days_left, view.header.deadline_kind) == (3, "connection_data")
    [event] = view.ip_events
    [lookup] = event.ncmec_lookups
    assert (lookup.country, lookup.organization) == ("NO", "Example Access")
    assert (event.last_on, event.days_left) == (TODAY + timedelta(days=3), 3)
    assert event.is_country_assumed is True


def test_rows_stand_with_the_party_or_file_they_belong_to(store: Store) -> None:
    identity = add_referral(store, "a")
    insert(store, "referral.party", version_id=identity, party_no=2, role="victim")
    add_account(store, identity, screen_name="river_stone")
    insert(store, "referral.address", version_id=identity, party_no=2, city="Exampleby")
    for party_no, file_no, name in ((1, None, "bio"), (None, 1, "camera"), (None, None, "batch")):
        insert(
            store, "referral.attribute", version_id=identity, party_no=party_no, file_no=file_no,
            name=name,
        )  # fmt: skip
    insert(store, "referral.identifier", version_id=identity, file_no=1, kind="device_id")
    insert(
        store, "referral.file_record", version_id=identity, file_no=1, flags=["viral"],
        is_viewed_by_provider=False,
    )  # fmt: skip
    insert(store, "referral.file_record", version_id=identity, file_no=2)
    insert(store, "referral.file_hash", version_id=identity, file_no=1, hash_type="MD5", value="0f")
    view = show(store)
    user, victim = view.parties
    assert (user.role, [i.value for i in user.identifiers]) == ("reported_user", ["river_stone"])
    assert [a.name for a in user.attributes] == ["bio"]
    assert (victim.identifiers, [a.city for a in victim.addresses]) == ((), ["Exampleby"])
    assert [a.name for a in view.attributes] == ["batch"]
    assert [i.kind for i in view.unattached_identifiers] == ["device_id"]
    first, second = view.files
    assert (first.flags, first.is_viewed_by_provider) == (("viral",), False)
    assert [h.value for h in first.hashes] == ["0f"]
    assert [a.name for a in first.attributes] == ["camera"]
    assert (second.flags, second.is_viewed_by_provider, second.hashes) == ((), None, ())


def test_texts_come_with_their_length_and_boilerplate_last(store: Store) -> None:
    identity = add_referral(store, "a")
    for number, is_boilerplate, content in (
        (1, True, "standard"),
        (2, False, "blåbær"),
        (3, None, None),
    ):
        insert(
            store, "referral.text_block", version_id=identity, text_no=number,
            is_boilerplate=is_boilerplate, content=content,
        )  # fmt: skip
    assert [(t.text_no, t.length) for t in show(store).texts] == [(2, 6), (3, 0), (1, 8)]


def test_what_the_source_left_blank_is_told_apart_from_what_it_left_out(store: Store) -> None:
    add_referral(
        store, "a", not_stated={"priority_id": "n/a", "incident_type": "null"}, source_path="/r"
    )
    assert show(store).not_stated == (
        NotStated("report", "incident_type", "null", "/r"),
        NotStated("report", "priority_id", "n/a", "/r"),
    )


def link(view: ReferralView) -> list[tuple[str, str | None]]:
    return [(found.kind, found.referral_id) for found in view.links]


def test_earlier_reports_are_linked_whether_or_not_they_are_here(store: Store) -> None:
    here = add_referral(store, "a", report_number="991000001")
    add_referral(store, "b", report_number="991000002", received_at=NOON - timedelta(days=400))
    add_decision(store, "b", "imported", NOON - timedelta(days=390))
    for number in ("991000002", "991000003", "991000001"):
        insert(store, "referral.prior_report", version_id=here, prior_report_number=number)
    found, missing = show(store).links
    assert found == LinkView(
        kind="prior_report_number", strength="stated", evidence="991000002", referral_id="b",
        report_number="991000002", provider="ChatterBox", received_at=NOON - timedelta(days=400),
        disposition="imported", decided_at=NOON - timedelta(days=390),
    )  # fmt: skip
    assert (missing.referral_id, missing.evidence) == (None, "991000003")
    assert link(show(store, "b")) == [("named_by_report_number", "a")]


def test_a_shared_mail_address_links_across_providers_but_a_handle_does_not(
    store: Store,
) -> None:
    add_provider_name(store, "Chatter Box, Inc.", "ChatterBox")
    add_account(store, add_referral(store, "a"), email="x@example.org", screen_name="river")
    add_account(store, add_referral(store, "b", provider="Other"), email="x@example.org")
    add_account(store, add_referral(store, "c", provider="Other"), screen_name="river")
    add_account(store, add_referral(store, "d", provider="Chatter Box, Inc."), screen_name="river")
    assert sorted(link(show(store))) == [("email", "b"), ("screen_name", "d")]


def test_a_victim_is_not_linked_as_if_reported(store: Store) -> None:
    add_account(store, add_referral(store, "a"), email="x@example.org")
    add_account(store, add_referral(store, "b"), role="victim", email="x@example.org")
    assert link(show(store)) == link(show(store, "b")) == []


def test_a_value_that_many_share_ties_nobody(store: Store) -> None:
    for number in range(27):
        add_account(store, add_referral(store, f"r{number}"), email="shared@example.org")
    assert link(show(store, "r0")) == []
    add_account(store, add_referral(store, "a"), email="x@example.org")
    add_account(store, add_referral(store, "b"), email="x@example.org")
    assert link(show(store)) == [("email", "b")]


def test_links_follow_the_newest_versions_only(store: Store) -> None:
    add_account(store, add_referral(store, "a"), email="x@example.org")
    add_account(store, add_referral(store, "b"), email="x@example.org")
    add_referral(store, "b", version=2)
    assert link(show(store)) == []


def test_history_keeps_every_version_decision_and_reading(store: Store) -> None:
    add_referral(store, "a")
    add_referral(store, "a", version=2, loaded_at=NOON + timedelta(days=1))
    for step, disposition in enumerate(("imported", "transferred")):
        record_decision(
            store, "a", disposition=disposition, reason_code=None, decided_by="officer 7",
            note=None, now=NOON + timedelta(hours=step),
        )  # fmt: skip
    undo_decision(store, "a", decided_by="officer 7", now=NOON + timedelta(hours=3))
    record_reading(store, "a", 1, "officer 7", "narrative", NOON)
    view = show(store)
    assert [version.version for version in view.versions] == [2, 1]
    assert [(d.disposition, d.origin) for d in view.decisions] == [
        ("imported", "undo"), ("transferred", "officer"), ("imported", "officer"),
    ]  # fmt: skip
    assert view.decisions[0].supersedes == view.decisions[1].decision_id
    assert view.header.disposition == "imported"
    assert [(r.part, r.version) for r in view.readings] == [("narrative", 1)]


def test_a_value_from_a_file_of_its_own_says_which(store: Store) -> None:
    add_rulebook(store)
    identity = add_referral(store, "a")
    for number, path in enumerate(("/report/ip[1]", "pack.zip!/1/file_01.xml#/fileDetails/ip[1]")):
        insert(
            store, "referral.ip_event", version_id=identity, ip_event_no=number,
            ip_address="192.0.2.7", source_path=path,
        )  # fmt: skip
    add_assessment(store, identity)
    [finding] = [found for found in show(store).findings if found.rule_id == "dated-address"]
    assert set(finding.positions) == {
        SourcePosition("", "/report/ip[1]"),
        SourcePosition("pack.zip!/1/file_01.xml", "/fileDetails/ip[1]"),
    }


def test_a_link_to_a_report_in_several_versions_is_one_link(store: Store) -> None:
    here = add_referral(store, "a", report_number="991000001")
    insert(store, "referral.prior_report", version_id=here, prior_report_number="991000002")
    add_account(store, here, email="x@example.org", phone="+4799100000")
    for version in (1, 2):
        there = add_referral(store, "b", version=version, report_number="991000002")
        add_account(store, there, email="x@example.org")
    assert link(show(store)) == [("prior_report_number", "b"), ("email", "b")]
