"""Who is behind the address? One sentence a case: what is hidden, what is clear, which day is the last.

Every case is a report as its provider sends it, received on 2 June 2026 by a Norwegian unit and read
through the public door, with five invented lists dated 20 May 2026. An address stands as the provider
wrote it, then when it was used, and `proxy=yes` or `proxy=no` where the provider says so. `identity
hidden` is what the rule answers; `last day` the first on which connection data of the user is deleted.
"""

import shutil
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from rules.reading import SHIPPED
from tests.builders import police_json, provider_xml, write
from tests.spec.tables import read_table
from workbench.composition import load_network_feed, take_in, understand
from workbench.desk.referral import show_referral
from workbench.desk.referral_view import ReferralView
from workbench.enrich.networks import FeedOrigin
from workbench.settings import Settings
from workbench.store.connection import Store

LISTS = {
    ("tor", "Tor exits"): "ExitAddress 203.0.113.5 2026-05-20 04:00:00\n2001:db8:70::5\n",
    ("vpn", "VPN ranges"): "# one range a line\n203.0.113.0/26\n2001:db8:7::/48\n",
    ("hosting", "Hosting"): "network,provider\n203.0.113.64/26,Invented Hosting\n203.0.113.0/28,Other Hosting\n",
    ("carrier", "Carriers"): "network;provider\n198.51.100.0/25;Invented Mobile\n",
    ("access", "Subscribers"): "198.51.100.128/25\n203.0.113.48/28\n192.0.2.128/25\n",
    ("geo", "Countries"): (
        "network,country,owner\n198.51.100.0/24,NO,Invented Telecom\n203.0.113.0/24,NL,Invented Transit\n"
        "192.0.2.0/25,SE,Invented Nordic\n192.0.2.128/25,DE,Invented Rhein\n"
    ),
}  # fmt: skip

CASES = read_table("""
| sentence                                                                              | addresses                                                                               | also known                  | kinds             | identity hidden | last day   |
|---------------------------------------------------------------------------------------|-----------------------------------------------------------------------------------------|-----------------------------|-------------------|-----------------|------------|
| A Tor exit hides the user, whatever other lists call it                               | 203.0.113.5 2026-06-01T12:00Z                                                           | -                           | tor               | met             | -          |
| A VPN address alone hides the user                                                    | 203.0.113.20 2026-06-01T12:00Z                                                          | -                           | vpn               | met             | -          |
| A list of VPNs comes before a list of hosting, and both are shown                     | 203.0.113.10 2026-06-01T12:00Z                                                          | -                           | vpn               | met             | -          |
| A hosting address alone hides the user                                                | 203.0.113.70 2026-06-01T12:00Z                                                          | -                           | hosting           | met             | -          |
| A list of VPNs comes before a list of subscribers, and both are shown                 | 203.0.113.50 2026-06-01T12:00Z                                                          | -                           | vpn               | met             | -          |
| A VPN list stands against the provider's word that it is no proxy                     | 203.0.113.20 2026-06-01T12:00Z proxy=no                                                 | -                           | vpn               | met             | -          |
| The provider's word that it is a proxy stands against a list of subscribers           | 198.51.100.200 2026-06-01T12:00Z proxy=yes                                              | -                           | access            | met             | 2027-06-01 |
| A subscriber's address with its time is clear                                         | 198.51.100.200 2026-06-01T12:00Z                                                        | -                           | access            | not_met         | 2027-06-01 |
| A subscriber's address without a time hides nobody; it cannot be asked about yet      | 198.51.100.200                                                                          | -                           | access            | not_met         | -          |
| One clear address is enough, beside any number of hidden ones                         | 203.0.113.20 2026-06-01T12:00Z + 198.51.100.200 2026-05-30T12:00Z                       | -                           | vpn + access      | not_met         | 2027-05-30 |
| A clear address without a time leaves it open beside a VPN                            | 203.0.113.20 2026-06-01T12:00Z + 198.51.100.200                                         | -                           | vpn + access      | unknown         | -          |
| An address of which nobody says anything leaves it open beside a VPN                  | 203.0.113.20 2026-06-01T12:00Z + 192.0.2.9 2026-06-01T12:00Z                            | -                           | vpn + reserved    | unknown         | 2027-04-01 |
| A clear address deleted before the report came does not help beside a VPN             | 203.0.113.20 2026-06-01T12:00Z + 198.51.100.200 2022-06-15T12:00Z                       | -                           | vpn + access      | met             | 2022-07-06 |
| A leap day's address was kept until 28 February a year later, and does not help       | 203.0.113.20 2026-06-01T12:00Z + 198.51.100.200 2024-02-29T10:00Z                       | -                           | vpn + access      | met             | 2025-02-28 |
| A clear address in a country without a duty leaves it open beside a VPN               | 203.0.113.20 2026-06-01T12:00Z + 192.0.2.140 2026-06-01T12:00Z                          | -                           | vpn + access      | unknown         | -          |
| A verified phone leads to a person, VPN or not                                        | 203.0.113.20 2026-06-01T12:00Z                                                          | phone verified              | vpn               | not_met         | -          |
| A verified e-mail leads to a person, VPN or not                                       | 203.0.113.20 2026-06-01T12:00Z                                                          | email river@example.org yes | vpn               | not_met         | -          |
| A verified e-mail at a mail provider leads to a person, and the provider can be asked | 203.0.113.20 2026-06-01T12:00Z                                                          | email river@mail.example.com yes | vpn          | not_met         | -          |
| A verified disposable e-mail leads to nobody                                          | 203.0.113.20 2026-06-01T12:00Z                                                          | email river@throwaway.example.net yes | vpn     | met             | -          |
| A verified e-mail of an office leads to nobody                                        | 203.0.113.20 2026-06-01T12:00Z                                                          | email post@example.org yes  | vpn               | met             | -          |
| An e-mail that is not verified leads to nobody                                        | 203.0.113.20 2026-06-01T12:00Z                                                          | email river@example.org no  | vpn               | met             | -          |
| An e-mail of which nobody says whether it is verified leaves it open                  | 203.0.113.20 2026-06-01T12:00Z                                                          | email river@example.org -   | vpn               | unknown         | -          |
| A full name with a street leads to a person                                           | 203.0.113.20 2026-06-01T12:00Z                                                          | name and street             | vpn               | not_met         | -          |
| A full name without an address leaves it open                                         | 203.0.113.20 2026-06-01T12:00Z                                                          | name                        | vpn               | unknown         | -          |
| A billing account leads to who pays                                                   | 203.0.113.20 2026-06-01T12:00Z                                                          | billing account             | vpn               | not_met         | -          |
| A victim's clear address finds the victim, not the user                               | 203.0.113.20 2026-06-01T12:00Z                                                          | victim's clear address      | vpn + access      | met             | 2027-06-01 |
| An IPv6 address in a VPN range hides the user                                         | 2001:db8:7::99 2026-06-01T12:00Z                                                        | -                           | vpn               | met             | -          |
| An IPv6 Tor exit is the same however many zeros are written                           | 2001:0db8:0070:0000:0000:0000:0000:0005 2026-06-01T12:00Z                               | -                           | tor               | met             | -          |
| An IPv4 address written as IPv6 is the same address                                   | ::ffff:203.0.113.20 2026-06-01T12:00Z                                                   | -                           | vpn               | met             | -          |
| A zero-padded address is the same address                                             | 203.000.113.020 2026-06-01T12:00Z                                                       | -                           | vpn               | met             | -          |
| A carrier's shared address with its port is clear                                     | 198.51.100.7 2026-06-01T12:00Z port=40123                                               | -                           | carrier           | not_met         | 2027-06-01 |
| A carrier's shared address without a port hides nobody; the port is asked for         | 198.51.100.7 2026-06-01T12:00Z                                                          | -                           | carrier           | not_met         | 2027-06-01 |
| A carrier's inner address is a kind of its own                                        | 100.64.3.9 2026-06-01T12:00Z port=40123                                                 | -                           | carrier           | not_met         | 2027-06-01 |
| A port that no connection can have is no port: the address stays shared              | 198.51.100.7 2026-06-01T12:00Z port=0                                                   | -                           | carrier           | not_met         | 2027-06-01 |
| A clear address seen after the report came was not seen then: it leaves it open       | 203.0.113.20 2026-06-01T12:00Z + 198.51.100.200 2062-06-01T12:00Z                       | -                           | access + vpn      | unknown         | -          |
| A time a day after the report came is a clock that is wrong, and still dates it       | 198.51.100.200 2026-06-03T08:00Z                                                        | -                           | access            | not_met         | 2027-06-03 |
| An address of a private network is nobody's                                           | 10.0.0.5 2026-06-01T12:00Z                                                              | -                           | reserved          | unknown         | -          |
| A text that is no address says nothing                                                | not-an-address 2026-06-01T12:00Z                                                        | -                           | unknown           | unknown         | -          |
| A report without an address says nothing about hiding                                 | -                                                                                       | -                           | -                 | unknown         | -          |
| A time without a zone is the earliest it can be: its day may be the day before        | 198.51.100.200 2026-06-02T02:00                                                         | -                           | access            | not_met         | 2027-06-01 |
| An address in Sweden is kept for ten months                                           | 192.0.2.9 2026-06-01T12:00Z proxy=no                                                    | -                           | reserved          | not_met         | 2027-04-01 |
| An address in no list, of which the provider says nothing, is neither hidden nor clear | 2001:db8:fff::1 2026-06-01T12:00Z                                                      | -                           | reserved          | unknown         | 2027-06-01 |
| An address in no list is clear when the provider says it is no proxy                  | 2001:db8:fff::1 2026-06-01T12:00Z proxy=no                                              | -                           | reserved          | not_met         | 2027-06-01 |
| Three hidden addresses are each hidden by a list of their own                         | 203.0.113.5 2026-06-01T12:00Z + 203.0.113.20 2026-06-01T12:00Z + 203.0.113.70 2026-06-01T12:00Z | -                   | tor + vpn + hosting | met           | -          |
""")  # fmt: skip


def number_of(case: dict[str, str]) -> str:
    return str(991000800 + CASES.index(case))


def capture(written: str) -> dict[str, Any]:
    """Return an address as the case writes it, as a capture of the police JSON."""
    address, *said = written.split()
    options = dict(word.split("=") for word in said if "=" in word)
    times = [word for word in said if "=" not in word]
    return {
        "captureType": "IP Address",
        "value": address,
        "eventName": "LOGIN",
        "dateTime": times[0].replace("Z", ":00Z") if times else None,
        "port": options.get("port"),
        "possibleProxy": {"yes": True, "no": False}.get(options.get("proxy", "")),
    }


def person_of(case: dict[str, str]) -> dict[str, Any]:
    written = [part for part in case["addresses"].split(" + ") if part != "-"]
    person: dict[str, Any] = {
        "screenName": {"value": f"user_{number_of(case)}"},
        "sourceInformation": {"sourceCaptures": [capture(part) for part in written]},
    }
    match case["also known"].split():
        case ["phone", _]:
            person["phones"] = {"phones": [{"value": "+47 21 00 00 00", "verified": True}]}
        case ["email", address, said]:
            verified = {"yes": True, "no": False, "-": None}[said]
            person["emails"] = {"emails": [{"value": address, "verified": verified}]}
        case ["name", *more]:
            person |= {"firstName": "Invented", "lastName": "Person"}
            if more:
                place = {"street1": "Invented Road 1", "city": "Invented", "country": "NO"}
                person["addresses"] = {"addresses": [place]}
    return person


def report_of(case: dict[str, str]) -> dict[str, Any]:
    report = police_json(number_of(case), dateReceived="2026-06-02T08:00:00Z")
    information = report["reportedInformation"]
    information["reportedPeople"] = {"reportedPersons": [person_of(case)]}
    if case["also known"] == "victim's clear address":
        seen = capture("198.51.100.201 2026-06-01T12:00Z proxy=no")
        victim = {"firstName": "Invented", "sourceInformation": {"sourceCaptures": [seen]}}
        information["childVictims"] = {"childVictims": [victim]}
    return report


def xml_with_billing_account(case: dict[str, str]) -> str:
    seen = capture(case["addresses"])
    return provider_xml(
        "<personOrUserReported><ipCaptureEvent>"
        f"<ipAddress>{seen['value']}</ipAddress><dateTime>{seen['dateTime']}</dateTime>"
        '</ipCaptureEvent><associatedAccount type="Billing"><firstName>Invented</firstName>'
        "<lastName>Payer</lastName></associatedAccount></personOrUserReported>"
    )


def unit_rules(folder: Path) -> Path:
    """Return the shipped rulebook with a mail provider and a disposable domain that are invented."""
    rules = shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    table = rules / "mail_domains.toml"
    text = table.read_text(encoding="utf-8").replace(
        "domains = []", 'domains = ["throwaway.example.net"]'
    )
    invented = '[[mail_provider]]\nprovider = "Invented Mail"\ndomains = ["mail.example.com"]\nsource = "-"\n\n'
    table.write_text(text.replace("[role]", invented + "[role]"), encoding="utf-8")
    return rules


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Every case, imported and assessed at once."""
    folder = tmp_path_factory.mktemp("cases")
    settings = Settings(
        store=folder / "unused.duckdb",
        rules=unit_rules(folder / "rules"),
        unit_country="NO",
        assumes_unit_country=True,
    )
    inbox = folder / "inbox"
    for case in CASES:
        if case["also known"] == "billing account":
            write(inbox / number_of(case), "report.xml", xml_with_billing_account(case))
        else:
            write(inbox, f"{number_of(case)}.json", report_of(case))
    with Store.open(None) as store:
        for (kind, name), text in LISTS.items():
            content = text.encode()
            origin = FeedOrigin(
                kind, name, f"{kind}.csv", sha256(content).hexdigest(), date(2026, 5, 20), "stated"
            )
            load_network_feed(store, settings, origin, content)
        sheet = take_in(store, [inbox], settings, imported_by=None, report_progress=lambda _: None)
        assert sheet.loaded == len(CASES)
        understand(store, settings)
        yield store


def view_of(store: Store, case: dict[str, str]) -> ReferralView:
    return show_referral(store, number_of(case), today=date(2026, 6, 3), language="en")


def identity_of(view: ReferralView) -> tuple[str, str]:
    [finding] = [found for found in view.findings if found.rule_id == "identity-hidden"]
    return finding.outcome, finding.sentence


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"] for case in CASES])
def test_what_is_hidden_and_which_day_is_the_last(unit: Store, case: dict[str, str]) -> None:
    view = view_of(unit, case)
    kinds = [event.network_kind for event in view.ip_events]
    last = [c.last_on for c in view.clocks if c.kind == "connection_data" and c.last_on]
    assert " + ".join(str(kind) for kind in kinds) == case["kinds"].replace("-", "")
    assert identity_of(view)[0] == case["identity hidden"]
    assert str(min(last, default="-")) == case["last day"]


def test_there_are_forty_cases() -> None:
    assert len({case["sentence"] for case in CASES}) == len(CASES) >= 40


def test_the_finding_names_what_hides_and_by_which_list_of_which_day(unit: Store) -> None:
    [case] = [case for case in CASES if case["kinds"] == "tor + vpn + hosting"]
    _, sentence = identity_of(view_of(unit, case))
    for said in ("203.0.113.5 (tor, Tor exits, 2026-05-20)", "203.0.113.70 (hosting, Hosting,"):
        assert said in sentence


def test_the_finding_names_what_is_clear_and_whose_network_to_ask(unit: Store) -> None:
    [case] = [case for case in CASES if case["sentence"].startswith("One clear address")]
    _, sentence = identity_of(view_of(unit, case))
    assert "198.51.100.200 2026-05-30 12:00:00 UTC" in sentence
    assert "Invented Telecom" in sentence


def test_lists_that_disagree_are_all_shown(unit: Store) -> None:
    [case] = [
        case
        for case in CASES
        if case["sentence"].startswith("A list of VPNs comes before a list of s")
    ]
    said = [
        statement.list_name
        for event in view_of(unit, case).ip_events
        for statement in event.statements
    ]
    assert {"VPN ranges", "Subscribers", "Countries"} <= set(said)


def test_a_shared_address_with_a_port_that_cannot_be_lacks_its_port(unit: Store) -> None:
    [case] = [case for case in CASES if "port=0" in case["addresses"]]
    outcomes = {found.rule_id: found.outcome for found in view_of(unit, case).findings}
    assert (outcomes["port-missing"], outcomes["dated-address"]) == ("met", "unknown")


def test_hiding_never_lowers_urgency(unit: Store) -> None:
    urgencies = {
        view_of(unit, case).header.urgency for case in CASES if "billing" not in case["also known"]
    }
    assert len(urgencies) == 1


def test_hiding_by_itself_never_ends_a_referral(unit: Store) -> None:
    for case in CASES:
        if case["identity hidden"] != "met":
            assert view_of(unit, case).header.actionability != "not_actionable", case["sentence"]
