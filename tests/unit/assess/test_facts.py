"""Facts from rows: what is said, what is said not to be, and what nobody says stay apart."""

from typing import Any

import pytest

from rules.rulebook import load_rulebook
from tests.unit.assess.referral_rows import (
    ENTICEMENT,
    IMAGES,
    USER,
    VICTIM,
    add_version,
    address,
    assess_all,
    facts_of,
)
from workbench.assess.assessor import computed_facts, fact_params
from workbench.assess.outcomes import SOURCE_FACTS
from workbench.model.tables import TABLES
from workbench.store.connection import Store


def test_the_workbench_computes_exactly_the_declared_facts(store: Store) -> None:
    book = load_rulebook(None)
    params = fact_params(book, everything=True, unit_country="NO")
    assert computed_facts(store, params) == {fact.name: fact.type for fact in book.facts}


def test_every_fact_names_real_columns_as_its_origin() -> None:
    computed_by_intake = {
        "ip_event.ip_address",
        "ip_event.network_kind",
        "identifier.value",
        "file_hash.value",
    }
    columns = {f"{table}.{column}" for table, names in TABLES.items() for column in names}
    for fact in load_rulebook(None).facts:
        assert set(fact.origin) <= columns | computed_by_intake, fact.name
        # What another source says beyond this copy stands in no column of this copy.
        assert bool(fact.origin) is (fact.name not in SOURCE_FACTS), fact.name


@pytest.mark.parametrize(
    ("said", "kind", "is_image", "is_contact"),
    [
        ({"incident_type": IMAGES}, "image", True, False),
        ({"incident_type": ENTICEMENT}, "enticement", False, True),
        ({"incident_type": "Online Enticement of Children for Sexual Act"}, "enticement", False, True),
        ({"incident_type": IMAGES, "annotations": ["sextortion"]}, "sextortion", False, True),
        ({"incident_type": IMAGES, "annotations": ["csamSolicitation"]}, "image", False, True),
        ({"incident_type": IMAGES, "ncmec_classification": "Online Enticement"}, "enticement", False, True),
        ({"incident_type": IMAGES, "additional_incident_types": [ENTICEMENT]}, "enticement", False, True),
        ({"incident_type": "Child Sex Trafficking"}, "trafficking", False, True),
        ({"incident_type": "Child Sex Tourism"}, "tourism", False, True),
        ({"incident_type": "Child Sexual Molestation"}, "molestation", False, True),
        ({"incident_type": "Unsolicited Obscene Material Sent to a Child"}, "unsolicited", False, True),
        ({"incident_type": "Misleading Domain Name"}, "misleading_domain", False, False),
        ({"incident_type": "Misleading Words or Digital Images on the Internet"}, "misleading_words", False, False),
        ({"incident_type": "Something new"}, "other", None, None),
        ({"incident_type": None}, None, None, None),
        ({"incident_type": None, "annotations": ["sextortion"]}, "sextortion", False, True),
    ],
)  # fmt: skip
def test_what_a_referral_is_about(
    store: Store,
    said: dict[str, Any],
    kind: str | None,
    is_image: bool | None,
    is_contact: bool | None,
) -> None:
    add_version(store, **said)
    assess_all(store)
    facts = facts_of(store)
    assert facts["referral_kind"] == kind
    assert facts["is_image_referral"] is is_image
    assert facts["is_contact_referral"] is is_contact
    (row,) = store.rows_of("SELECT referral_kind FROM referral.assessment")
    assert row["referral_kind"] == (kind or "unknown")


@pytest.mark.parametrize(
    ("fact", "said", "expected"),
    [
        ("is_escalated", {"escalation_text": "A child is said to be at risk."}, True),
        ("is_escalated", {"escalation_text": "No"}, False),
        ("is_escalated", {"escalation_text": "  "}, None),
        ("is_escalated", {}, None),
        ("ncmec_priority", {"priority_id": "1"}, 1),
        ("ncmec_priority", {"priority_id": "E"}, None),
        ("ncmec_priority", {}, None),
        ("is_tagged_spam", {"annotations": ["spam"]}, True),
        ("is_tagged_spam", {"annotations": ["sextortion"]}, None),
        ("is_tagged_spam", {"annotations": []}, None),
        ("is_tagged_sadistic", {"incident_type": "Misleading Domain Name"}, False),
        ("is_tagged_sadistic", {"incident_type": "Misleading Domain Name", "annotations": ["sadisticOnlineExploitation"]}, True),
        ("is_tagged_sadistic", {"incident_type": None, "annotations": ["sadisticOnlineExploitation"]}, True),
        ("is_ncmec_type_confirmed", {"ncmec_classification": "Child Pornography (Unconfirmed)"}, False),
        ("is_ncmec_type_confirmed", {"ncmec_classification": "Apparent Child Pornography"}, True),
        ("is_informational", {"annotations": ["informational"], "is_informational": False}, True),
        ("is_informational", {"is_informational": False}, False),
        ("is_informational", {}, None),
        ("is_police_involved", {"police_agency": "Invented agency"}, True),
        ("is_police_involved", {"was_reported_to_police": False}, None),
        ("is_batched_as_viral", {"batched_reason": "VIRAL_POTENTIAL_MEME"}, True),
        ("is_batched_as_viral", {"batched_reason": "Same campaign"}, False),
        ("is_batched_as_viral", {}, None),
        ("is_incident_zone_stated", {"incident_at_zone_stated": False}, None),
        ("is_incident_zone_stated", {"incident_at": "2026-06-01 00:00:00+00", "incident_at_zone_stated": False}, False),
    ],
)  # fmt: skip
def test_what_the_report_says_of_itself(
    store: Store, fact: str, said: dict[str, Any], expected: object
) -> None:
    add_version(store, **said)
    assess_all(store)
    assert facts_of(store)[fact] == expected


CHILD = {"party_no": 3, "role": "intended_recipient"}


@pytest.mark.parametrize(
    ("fact", "parties", "expected"),
    [
        ("has_stated_victim", [USER, VICTIM], True),
        ("has_stated_victim", [USER], None),
        ("youngest_child_age", [USER, VICTIM | {"age": 15}, CHILD | {"age": 13}], 13),
        ("youngest_child_age", [USER | {"age": 12}], None),
        ("youngest_child_age", [VICTIM | {"date_of_birth": "2013-06-03"}], 12),
        ("youngest_child_age", [VICTIM | {"date_of_birth": "2013-06-02"}], 13),
        ("youngest_age_when_all_stated", [VICTIM | {"age": 15}, CHILD], None),
        ("youngest_age_when_all_stated", [VICTIM | {"age": 15}, CHILD | {"age": 16}], 15),
        ("has_access_to_children", [USER | {"has_access_to_children": False}], False),
        ("has_access_to_children", [USER, USER | {"party_no": 2, "has_access_to_children": False}], None),
        ("has_access_to_children", [USER, USER | {"party_no": 2, "has_access_to_children": True}], True),
        ("has_access_to_children", [USER, VICTIM | {"has_access_to_children": True}], None),
        ("is_account_compromised", [USER | {"is_compromised": True}], True),
        ("is_user_aware", [USER | {"was_user_notified": False}], False),
        ("is_user_aware", [USER | {"was_user_notified": False, "is_aware_of_report": True}], True),
        ("has_account_identifier", [USER | {"provider_user_id": "cb:00771"}], True),
        ("has_account_identifier", [USER], None),
        ("has_name_and_address", [USER], False),
        ("has_name_and_address", [USER | {"first_name": "Invented", "last_name": "Person"}], None),
    ],
)  # fmt: skip
def test_what_is_said_of_people(
    store: Store, fact: str, parties: list[dict[str, Any]], expected: object
) -> None:
    add_version(store, party=parties)
    assess_all(store)
    assert facts_of(store)[fact] == expected


NAMED = USER | {"first_name": "Invented", "last_name": "Person"}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"party_no": 1, "street": "Invented Road 1", "origin": "stated"}, True),
        ({"party_no": 1, "street": "Invented Road 1"}, True),
        ({"party_no": 1, "city": "Example", "origin": "provider_estimate"}, None),
        ({"party_no": 1, "street": "Invented Road 1", "origin": "provider_estimate"}, None),
        ({"party_no": 2, "street": "Invented Road 1", "origin": "stated"}, None),
    ],
)
def test_a_guessed_place_or_another_persons_is_not_the_users_address(
    store: Store, place: dict[str, Any], expected: bool | None
) -> None:
    add_version(store, party=[NAMED, VICTIM], address=[place])
    assess_all(store)
    assert facts_of(store)["has_name_and_address"] is expected


EMAIL = {"party_no": 1, "kind": "email", "value": "river@example.org"}


@pytest.mark.parametrize(
    ("identifiers", "leads", "is_verified"),
    [
        ([], False, None),
        ([EMAIL], None, None),
        ([EMAIL | {"is_verified": False}], False, False),
        ([EMAIL | {"is_verified": True}], True, True),
        ([EMAIL, EMAIL | {"is_verified": False}], None, None),
        ([EMAIL | {"party_no": 2, "is_verified": True}], False, None),
    ],
)
def test_a_contact_is_verified_only_when_it_is_said_and_only_the_users(
    store: Store, identifiers: list[dict[str, Any]], leads: bool | None, is_verified: bool | None
) -> None:
    add_version(store, party=[USER, VICTIM], identifier=identifiers)
    assess_all(store)
    facts = facts_of(store)
    assert (facts["has_leading_identifier"], facts["has_verified_email"]) == (leads, is_verified)


FILE = {"file_no": 1}


@pytest.mark.parametrize(
    ("fact", "said", "expected"),
    [
        ("has_reported_file", {"file_record": [FILE]}, True),
        ("has_reported_file", {}, None),
        ("has_reported_file", {"stated_file_count": 0}, False),
        ("has_reported_file", {"stated_file_count": 2}, True),
        ("has_reported_file", {"file_record": [FILE | {"relevance": "Supplemental Reported"}]}, None),
        ("reported_file_count", {"file_record": [FILE, {"file_no": 2, "relevance": "Supplemental Reported"}]}, 1),
        ("viewed_file_count", {"file_record": [FILE | {"is_viewed_by_provider": True}, {"file_no": 2}]}, 1),
        ("viewed_file_count", {"file_record": [FILE | {"is_viewed_by_provider": False}]}, 0),
        ("viewed_file_count", {"file_record": [FILE | {"is_viewed_by_provider": False}, {"file_no": 2}]}, None),
        ("viewed_file_count", {}, None),
        ("is_any_file_class_a", {"file_record": [FILE | {"industry_classification": "a1"}]}, True),
        ("is_any_file_class_a", {"file_record": [FILE | {"industry_classification": "B2"}]}, False),
        ("is_any_file_class_a", {"file_record": [FILE | {"industry_classification": "B2"}, {"file_no": 2}]}, None),
        ("is_flagged_infant", {"file_record": [FILE | {"flags": ["infant"]}]}, True),
        ("is_flagged_infant", {"file_record": [FILE | {"ncmec_tags": ["Infant/Toddler"]}]}, True),
        ("is_flagged_infant", {"file_record": [FILE | {"flags": ["viral"]}]}, None),
        ("is_flagged_infant", {"stated_file_count": 0}, False),
        ("is_flagged_live_streaming", {"file_record": [FILE | {"ncmec_tags": ["Live Streaming"]}]}, True),
        ("is_flagged_self_produced", {"file_record": [FILE | {"flags": ["possibleSelfProduction"]}]}, True),
        ("is_flagged_violence", {"file_record": [FILE | {"flags": ["violenceGore"]}]}, True),
        ("is_flagged_ai_made", {"file_record": [FILE | {"ncmec_tags": ["Generative AI"]}]}, True),
        ("is_every_file_viral", {"file_record": [FILE | {"flags": ["viral"]}]}, True),
        ("is_every_file_viral", {"file_record": [FILE | {"flags": ["viral"]}, {"file_no": 2}]}, None),
        ("is_age_tagged_difficult", {"file_record": [FILE | {"ncmec_tags": ["Age Difficult"]}]}, True),
        ("is_any_file_prepubescent", {"file_record": [FILE | {"industry_classification": "A2"}]}, True),
        ("hashed_file_count", {"file_record": [FILE, {"file_no": 2}], "file_hash": [{"file_no": 2, "value": "0" * 32}]}, 1),
        ("hashed_file_count", {}, None),
    ],
)  # fmt: skip
def test_what_is_said_of_files(
    store: Store, fact: str, said: dict[str, Any], expected: object
) -> None:
    add_version(store, **said)
    assess_all(store)
    assert facts_of(store)[fact] == expected


@pytest.mark.parametrize(
    ("fact", "events", "expected"),
    [
        ("open_ip_count", [address(), address(ip_event_no=2)], 2),
        ("open_ip_count", [], None),
        ("open_ip_count", [address(occurred_at=None)], None),
        ("open_ip_count", [address(is_possible_proxy=True)], 0),
        ("open_ip_count", [address(network_kind="vpn")], 0),
        ("open_ip_count", [address(network_kind="vpn", is_possible_proxy=False)], 0),
        ("open_ip_count", [address(ip_address="100.64.3.9", network_kind="carrier")], None),
        ("open_ip_count", [address(ip_address="100.64.3.9", network_kind="carrier", source_port=40312)], 1),
        ("open_ip_count", [address(ip_address=None)], None),
        ("open_ip_count", [address(is_private_use=True)], None),
        ("open_ip_count", [address(party_no=2)], None),
        ("open_ip_count", [address(party_no=None, file_no=1)], 1),
        ("hidden_ip_count", [address(is_possible_proxy=True)], 1),
        ("clear_kept_ip_count", [address(is_possible_proxy=True), address()], None),
        ("clear_kept_ip_count", [address(is_possible_proxy=True), address(is_possible_proxy=False)], 1),
        ("clear_kept_ip_count", [address(network_kind="tor"), address(network_kind="access")], 1),
        ("clear_kept_ip_count", [address(is_possible_proxy=True), address(occurred_at=None, is_possible_proxy=False)], None),
        ("hidden_ip_count", [address()], None),
        ("hidden_ip_count", [], None),
        ("is_shared_without_port", [address(network_kind="carrier")], True),
        ("is_shared_without_port", [address(network_kind="carrier"), address(source_port=40312)], False),
        ("is_shared_without_port", [address(ip_address="2001:db8::7")], False),
        ("is_shared_without_port", [address()], None),
        ("undated_ip_count", [address(), address(occurred_at=None)], 1),
        ("undated_ip_count", [], None),
        ("kept_ip_count", [address()], 1),
        ("kept_ip_count", [address(occurred_at="2025-05-31 12:00:00+00")], 0),
        ("kept_ip_count", [address(is_possible_proxy=True)], None),
        ("is_every_ip_zone_stated", [address(occurred_at_zone_stated=False)], False),
    ],
)  # fmt: skip
def test_what_addresses_say_about_the_user(
    store: Store, fact: str, events: list[dict[str, Any]], expected: object
) -> None:
    add_version(store, party=[USER, VICTIM], ip_event=events)
    assess_all(store)
    assert facts_of(store)[fact] == expected


@pytest.mark.parametrize(
    ("said", "is_named", "countries"),
    [
        ({"country": "Norway"}, True, "NO"),
        ({"country": "norge"}, True, "NO"),
        ({"country": "NOR"}, True, "NO"),
        ({"country": "Sweden"}, False, "SE"),
        ({"country": "A1"}, None, None),
        ({"country": "EU"}, None, None),
        ({}, None, None),
        ({"geo_lookup": [{"ip_address": "198.51.100.7", "country": "SE"}], "country": "NO"}, True, "NO, SE"),
        ({"geo_lookup": [{"ip_address": "198.51.100.7", "country": "SE"}], "ip_event": [address()]}, False, "SE"),
        ({"geo_lookup": [{"ip_address": "198.51.100.7", "country": "SE"}], "ip_event": [address(is_possible_proxy=True)]}, None, None),
    ],
)  # fmt: skip
def test_which_countries_are_named(
    store: Store, said: dict[str, Any], is_named: bool | None, countries: str | None
) -> None:
    add_version(store, **said)
    assess_all(store)
    facts = facts_of(store)
    assert (facts["is_unit_country_named"], facts["named_countries"]) == (is_named, countries)


def test_standard_text_is_no_account_of_events(store: Store) -> None:
    standard = {
        "text_no": 1,
        "kind": "company_template",
        "is_boilerplate": True,
        "content": "Terms",
    }
    own = {"text_no": 2, "kind": "additional_info", "is_boilerplate": False, "content": "Invented"}
    add_version(store, 1, text_block=[standard])
    add_version(store, 2, text_block=[standard, own])
    add_version(store, 3)
    assess_all(store)
    found = [facts_of(store, number)["has_account_of_events"] for number in (1, 2, 3)]
    assert found == [False, True, None]


def test_the_same_account_is_known_from_the_earlier_referral_only(store: Store) -> None:
    days = {1: "2026-06-01", 2: "2026-06-02"}
    for number, day in days.items():
        add_version(store, number, received_at=f"{day} 00:00:00+00", identifier=[EMAIL])
    add_version(store, 3)
    assess_all(store)
    assert [facts_of(store, number)["same_account_count"] for number in (1, 2, 3)] == [0, 1, None]


def test_one_screen_name_at_two_providers_is_two_accounts(store: Store) -> None:
    name = {"party_no": 1, "kind": "screen_name", "value": "river_stone"}
    providers = {1: "Snapchat", 2: "Discord", 3: "Discord"}
    for number, provider in providers.items():
        add_version(
            store,
            number,
            provider_as_written=provider,
            received_at=f"2026-06-0{number} 00:00:00+00",
            identifier=[name],
        )
    assess_all(store)
    assert [facts_of(store, number)["same_account_count"] for number in (1, 2, 3)] == [0, 0, 1]
