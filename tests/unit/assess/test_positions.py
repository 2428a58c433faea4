"""Urgency and actionability: three things that are never one number, and unknown is never no."""

from typing import Any

import pytest

from tests.unit.assess.referral_rows import (
    ENTICEMENT,
    USER,
    VICTIM,
    add_version,
    address,
    assess_all,
    position_of,
)
from workbench.store.connection import Store

TEXT = {"text_no": 1, "kind": "incident_content", "is_boilerplate": False, "content": "Invented"}
VIRAL = {"file_no": 1, "flags": ["viral", "potentialMeme"]}


@pytest.mark.parametrize(
    ("said", "urgency"),
    [
        ({}, "routine"),
        ({"escalation_text": "A child is said to be at risk."}, "immediate"),
        ({"priority_id": "1"}, "immediate"),
        ({"priority_id": "E"}, "routine"),
        ({"annotations": ["sextortion"]}, "immediate"),
        ({"incident_type": ENTICEMENT}, "high"),
        ({"incident_type": ENTICEMENT, "party": [USER, VICTIM | {"age": 13}]}, "immediate"),
        ({"party": [USER, VICTIM]}, "high"),
        ({"file_record": [{"file_no": 1, "industry_classification": "A1"}]}, "elevated"),
        ({"file_record": [VIRAL | {"industry_classification": "A1"}]}, "routine"),
        ({"file_record": [VIRAL], "incident_type": ENTICEMENT}, "high"),
        ({"file_record": [VIRAL], "annotations": ["sextortion"]}, "immediate"),
        ({"prior_report": [{"party_no": 1, "prior_report_number": "991000001"}]}, "elevated"),
        ({"is_informational": True, "incident_type": ENTICEMENT}, "high"),
    ],
)
def test_urgency_comes_from_what_is_said(store: Store, said: dict[str, Any], urgency: str) -> None:
    add_version(store, **said)
    assess_all(store)
    assert position_of(store)[0] == urgency


@pytest.mark.parametrize(
    "thin",
    [
        {"incident_type": None},
        {"party": []},
        {"ip_event": []},
        {"received_at": None},
        {"is_informational": True},
        {"ip_event": [address(network_kind="vpn", is_possible_proxy=True)]},
        {"provider_as_written": None, "country": None},
    ],
)
def test_nothing_missing_and_no_vpn_lowers_danger(store: Store, thin: dict[str, Any]) -> None:
    add_version(store, **({"escalation_text": "A child is said to be at risk."} | thin))
    assess_all(store)
    assert position_of(store)[0] == "immediate"


@pytest.mark.parametrize(
    ("said", "actionability"),
    [
        ({}, "needs_information"),
        (
            {
                "ip_event": [address()],
                "file_record": [{"file_no": 1, "is_viewed_by_provider": True}],
            },
            "actionable",
        ),
        ({"ip_event": [address()], "file_record": [{"file_no": 1}]}, "needs_information"),
        (
            {"incident_type": ENTICEMENT, "ip_event": [address()], "text_block": [TEXT]},
            "actionable",
        ),
        ({"incident_type": ENTICEMENT, "text_block": [TEXT]}, "needs_information"),
        (
            {"incident_type": ENTICEMENT, "ip_event": [address()], "text_block": [TEXT]}
            | {"party": [USER | {"is_compromised": True}]},
            "needs_information",
        ),
        (
            {"incident_type": ENTICEMENT, "ip_event": [address()], "text_block": [TEXT]}
            | {"stated_file_count": 0},
            "actionable",
        ),
        ({"stated_file_count": 0, "ip_event": [address()]}, "not_actionable"),
        ({"ip_event": [address(is_possible_proxy=True)]}, "not_actionable"),
        (
            {"ncmec_classification": "Child Pornography (Unconfirmed)", "ip_event": [address()]},
            "not_actionable",
        ),
    ],
)
def test_ability_to_act_needs_an_offence_and_somebody_to_find(
    store: Store, said: dict[str, Any], actionability: str
) -> None:
    add_version(store, **said)
    assess_all(store)
    assert position_of(store)[1] == actionability


def test_the_hidden_and_extorting_user_is_urgent_and_not_actionable_at_once(store: Store) -> None:
    add_version(
        store, annotations=["sextortion"], ip_event=[address(network_kind="vpn")], text_block=[TEXT]
    )
    assess_all(store)
    assert position_of(store) == ("immediate", "not_actionable")
