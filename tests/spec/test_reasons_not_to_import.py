"""Kripos' three typical reasons not to import, each with its three outcomes.

Every table is a list of invented referrals, one a line: what the source says, and what the rule
answers. "-" is a thing the source does not mention.
"""

from typing import Any

import pytest

from tests.spec.tables import read_table
from tests.unit.assess.referral_rows import (
    ENTICEMENT,
    IMAGES,
    USER,
    add_version,
    address,
    assess_all,
    outcomes_of,
)
from workbench.store.connection import Store

TYPES = {
    "images": IMAGES,
    "enticement": ENTICEMENT,
    "misleading name": "Misleading Domain Name",
    "-": None,
}

NO_FILES = """
| type            | tag              | files the source counts | files named            | no attached files |
|-----------------|------------------|-------------------------|------------------------|-------------------|
| images          | -                | 0                       | -                      | met               |
| images          | -                | -                       | one                    | not_met           |
| images          | -                | 3                       | -                      | not_met           |
| images          | -                | -                       | -                      | unknown           |
| images          | -                | -                       | one supplement         | unknown           |
| images          | -                | -                       | one and one supplement | not_met           |
| images          | sextortion       | 0                       | -                      | not_met           |
| images          | csamSolicitation | 0                       | -                      | not_met           |
| enticement      | -                | 0                       | -                      | not_met           |
| enticement      | -                | -                       | -                      | not_met           |
| misleading name | -                | 0                       | -                      | not_met           |
| -               | -                | 0                       | -                      | unknown           |
| -               | -                | -                       | one                    | not_met           |
"""
ONE = {"file_no": 1}
SUPPLEMENT = {"file_no": 2, "relevance": "Supplemental Reported"}
FILES: dict[str, list[dict[str, Any]]] = {
    "-": [],
    "one": [ONE],
    "one supplement": [SUPPLEMENT],
    "one and one supplement": [ONE, SUPPLEMENT],
}


@pytest.mark.parametrize("line", read_table(NO_FILES), ids=lambda line: " ".join(line.values()))
def test_no_attached_files(store: Store, line: dict[str, str]) -> None:
    counted = line["files the source counts"]
    add_version(
        store,
        incident_type=TYPES[line["type"]],
        annotations=[] if line["tag"] == "-" else [line["tag"]],
        stated_file_count=None if counted == "-" else int(counted),
        file_record=FILES[line["files named"]],
    )
    assess_all(store)
    assert outcomes_of(store)["no-files"] == line["no attached files"]


AGE_DOUBT = """
| type       | NCMEC's type                     | class | tag or flag   | victim          | doubt about age |
|------------|----------------------------------|-------|---------------|-----------------|-----------------|
| images     | Child Pornography (Unconfirmed)  | -     | -             | -               | met             |
| images     | Child Pornography (Unconfirmed)  | B2    | -             | -               | met             |
| images     | -                                | -     | Age Difficult | -               | met             |
| images     | Apparent Child Pornography       | -     | -             | 16, in doubt    | met             |
| images     | Apparent Child Pornography       | -     | -             | -               | not_met         |
| images     | Child Pornography (Unconfirmed)  | A1    | -             | -               | not_met         |
| images     | Child Pornography (Unconfirmed)  | -     | infant        | -               | not_met         |
| images     | Child Pornography (Unconfirmed)  | -     | Prepubescent  | -               | not_met         |
| images     | Child Pornography (Unconfirmed)  | -     | -             | 12              | not_met         |
| images     | -                                | B1    | -             | -               | unknown         |
| images     | -                                | -     | -             | -               | unknown         |
| enticement | Child Pornography (Unconfirmed)  | -     | -             | -               | not_met         |
| enticement | -                                | -     | -             | -               | not_met         |
"""
VICTIMS: dict[str, list[dict[str, Any]]] = {
    "-": [],
    "12": [{"party_no": 2, "role": "victim", "age": 12}],
    "16, in doubt": [{"party_no": 2, "role": "victim", "age": 16, "is_age_doubted": True}],
}


@pytest.mark.parametrize("line", read_table(AGE_DOUBT), ids=lambda line: " ".join(line.values()))
def test_doubt_about_age(store: Store, line: dict[str, str]) -> None:
    said = {key: None if value == "-" else value for key, value in line.items()}
    tag = said["tag or flag"]
    file = {
        "file_no": 1,
        "industry_classification": said["class"],
        "ncmec_tags": [tag] if tag else None,
    }
    add_version(
        store,
        incident_type=TYPES[line["type"]],
        ncmec_classification=said["NCMEC's type"],
        party=[USER, *VICTIMS[line["victim"]]],
        file_record=[file],
    )
    assess_all(store)
    assert outcomes_of(store)["age-doubt"] == line["doubt about age"]


HIDDEN = """
| addresses                          | e-mail       | name and address | identity hidden |
|------------------------------------|--------------|------------------|-----------------|
| possible proxy                     | -            | -                | met             |
| vpn list                           | -            | -                | met             |
| possible proxy + tor list          | -            | -                | met             |
| possible proxy                     | not verified | -                | met             |
| possible proxy                     | verified     | -                | not_met         |
| possible proxy                     | -            | both             | not_met         |
| no proxy                           | -            | -                | not_met         |
| possible proxy + no proxy          | -            | -                | not_met         |
| possible proxy + subscriber list   | -            | -                | not_met         |
| possible proxy                     | not said     | -                | unknown         |
| possible proxy                     | -            | name only        | unknown         |
| proxy not said                     | -            | -                | unknown         |
| possible proxy + proxy not said    | -            | -                | unknown         |
| possible proxy + no proxy, no time | -            | -                | unknown         |
| -                                  | -            | -                | unknown         |
| -                                  | verified     | -                | not_met         |
| possible proxy of the victim       | -            | -                | unknown         |
"""
EVENTS: dict[str, dict[str, Any]] = {
    "possible proxy": {"is_possible_proxy": True},
    "vpn list": {"network_kind": "vpn", "is_possible_proxy": False},
    "tor list": {"network_kind": "tor"},
    "subscriber list": {"network_kind": "access"},
    "no proxy": {"is_possible_proxy": False},
    "no proxy, no time": {"is_possible_proxy": False, "occurred_at": None},
    "proxy not said": {},
    "possible proxy of the victim": {"is_possible_proxy": True, "party_no": 2},
}
VERIFIED = {"verified": True, "not verified": False, "not said": None}
NAMES: dict[str, dict[str, str]] = {
    "-": {},
    "name only": {"first_name": "Invented", "last_name": "Person"},
    "both": {"first_name": "Invented", "last_name": "Person"},
}


@pytest.mark.parametrize("line", read_table(HIDDEN), ids=lambda line: " ".join(line.values()))
def test_identity_hidden_behind_a_vpn(store: Store, line: dict[str, str]) -> None:
    email = {"party_no": 1, "kind": "email", "value": "river@example.org"}
    said = line["e-mail"]
    add_version(
        store,
        party=[USER | NAMES[line["name and address"]], {"party_no": 2, "role": "victim"}],
        ip_event=[
            address(**EVENTS[name]) for name in line["addresses"].split(" + ") if name != "-"
        ],
        identifier=[] if said == "-" else [email | {"is_verified": VERIFIED[said]}],
        address=[{"party_no": 1, "street": "Invented Road 1", "origin": "stated"}]
        if line["name and address"] == "both"
        else [],
    )
    assess_all(store)
    assert outcomes_of(store)["identity-hidden"] == line["identity hidden"]
