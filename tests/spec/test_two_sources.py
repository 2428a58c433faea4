"""A report that arrives as JSON and as PDF: which of them counts, and what an officer is told.

Each source is assessed by itself. What raises the referral counts where any of them states it; what holds
it back stands unless one of them denies it, and silence denies nothing. The earliest last day of all
counts. Every case goes through the public door: imported, assessed, and read as the queue and the
referral page read it.
"""

import json
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.builders import police_json, write
from tests.unit.connectors.pdf_reports import a_field, front, section_a
from tests.unit.connectors.pdf_writer import Heading, Part, flowing
from tests.unit.enrich.network_lists import load
from workbench.assess.rebuild import rebuild_current_findings
from workbench.cli import app
from workbench.composition import take_in, understand
from workbench.desk.queue import QueueFilter, QueueRow, QueueSort, list_queue
from workbench.desk.referral import show_referral
from workbench.desk.referral_view import FindingView, ReferralView
from workbench.settings import Settings
from workbench.store.audit import run_audits
from workbench.store.connection import Store

NUMBER = "991000001"
TODAY = date(2026, 11, 22)
IMAGES = "Child Pornography (possession, manufacture, and distribution)"
URGENT, ACTIONABLE = "another-source-more-urgent", "another-source-more-actionable"

VICTIM = (Heading("Child Victim"), a_field("Approximate Age", "11"))
SUSPECT = (Heading("Suspect 1"), a_field("Screen/User Name", "ola.nordmann"))
SEEN = (a_field("IP Address", "192.0.2.10 (Login)", "11-08-2026 20:00:01 UTC"),)
VERIFIED = (a_field("Email Address", "ola@example.org (Verified)"),)


def as_json(*, priority: str = "E", seen_at: str | None = None, **person: Any) -> dict[str, Any]:
    """Return a police JSON about images, with one named file and little more."""
    if seen_at:
        capture = {"captureType": "IP Address", "value": "192.0.2.10", "dateTime": seen_at}
        person["sourceInformation"] = {"sourceCaptures": [capture]}
    report = police_json(NUMBER, dateReceived="2026-11-09T08:15:30Z")
    report["reportedInformation"] |= {
        "incidentSummary": {"incidentType": IMAGES, "incidentDateTime": "2026-11-08T21:05:09Z"},
        "reportedPeople": {
            "reportedPersons": [{"screenName": {"value": "ola.nordmann"}, **person}]
        },
        "uploadedFiles": {
            "uploadedFiles": [
                {
                    "filename": "one.jpg",
                    "viewedByEsp": True,
                    "md5": "0cc175b9c0f1b6a831c399e269772661",
                }
            ]
        },
    }
    report["additionalNcmecInformation"] = {"priority": {"priorityId": priority}}
    return report


CONFIRMED = a_field("Incident Type", "Apparent Child Pornography")
UNCONFIRMED = a_field("Incident Type", "Apparent Child Pornography (Unconfirmed)")


def as_pdf(*blocks: Part, incident: Part = CONFIRMED) -> bytes:
    """Return a PDF of the same report, with these blocks after the incident."""
    begins = [incident if part == UNCONFIRMED else part for part in front()]
    return flowing([*begins, *section_a(*blocks)])


class Unit:
    """A unit that imports one file after another and assesses after each."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self._folder = folder
        self._count = 0

    def receive(self, *contents: dict[str, Any] | bytes | str) -> "Unit":
        for content in contents:
            self._count += 1
            suffix = {dict: "json", bytes: "pdf", str: "xml"}[type(content)]
            path = write(self._folder, f"{self._count}.{suffix}", content)
            settings = Settings(assumes_unit_country=True)
            sheet = take_in(
                self.store, [path], settings, imported_by=None, report_progress=lambda _: None
            )
            assert sheet.loaded + sheet.new_versions == 1, sheet
            assert understand(self.store, settings).assessed == 1
        assert understand(self.store, settings).assessed == 0
        assert all(audit.holds for audit in run_audits(self.store))
        return self

    @property
    def row(self) -> QueueRow:
        """The one row that the queue has."""
        [row] = list_queue(
            self.store,
            QueueFilter(),
            QueueSort(),
            limit=9,
            offset=0,
            today=TODAY,
            language="en",
        )
        return row

    def view(self, language: str = "en") -> ReferralView:
        return show_referral(self.store, NUMBER, today=TODAY, language=language)

    def finding(self, rule_id: str, language: str = "en") -> FindingView:
        [found] = [found for found in self.view(language).findings if found.rule_id == rule_id]
        return found


@pytest.fixture
def unit(store: Store, tmp_path: Path) -> Unit:
    return Unit(store, tmp_path)


def test_a_json_alone_is_held_against_nothing(unit: Unit) -> None:
    unit.receive(as_json())
    assert unit.row.urgency == "routine"
    assert unit.finding(URGENT).outcome == "not_met"
    assert unit.finding(ACTIONABLE).outcome == "not_met"


def test_a_victim_that_only_the_pdf_names_raises_the_referral(unit: Unit) -> None:
    unit.receive(as_json())
    assert unit.row.urgency == "routine"
    unit.receive(as_pdf(*SUSPECT, *VICTIM))
    assert unit.row.urgency == unit.view().header.urgency == "immediate"
    assert unit.view().header.version == 1  # the JSON is still what is shown
    finding = unit.finding(URGENT)
    assert finding.outcome == "met"
    assert finding.sentence == (
        "Said in the PDF and not in the JSON: Child under 14; Stated victim."
    )
    assert unit.finding(URGENT, "nb").sentence == (
        "Står i PDF og ikke i JSON: Barn under 14 år; Oppgitt fornærmet."
    )
    assert unit.row.chips[0].title == "More danger in another source"


def test_whichever_came_first_the_same_is_said(tmp_path: Path) -> None:
    said = []
    for number, order in enumerate(permutations([as_json(), as_pdf(*SUSPECT, *VICTIM)])):
        with Store.open(None) as other:
            unit = Unit(other, tmp_path / str(number)).receive(*order)
            row = unit.row
            said.append((row.urgency, row.actionability, row.deadline_on, unit.finding(URGENT)))
    assert said[0][:3] == said[1][:3]
    assert said[0][3].sentence == said[1][3].sentence


def test_a_danger_that_only_the_json_states_stays_when_a_quiet_pdf_arrives(unit: Unit) -> None:
    unit.receive(as_json(priority="1"))
    alone = unit.row
    unit.receive(as_pdf(*SUSPECT))
    assert (unit.row.urgency, unit.row.actionability) == (alone.urgency, alone.actionability)
    assert unit.row.urgency == "immediate"
    assert unit.finding(URGENT).outcome == "not_met"


def test_a_newer_pdf_that_names_no_victim_takes_the_word_of_the_older_one_back(unit: Unit) -> None:
    unit.receive(as_json(), as_pdf(*SUSPECT, *VICTIM))
    assert unit.row.urgency == "immediate"
    unit.receive(as_pdf(*SUSPECT))
    assert unit.row.urgency == "routine"
    assert unit.finding(URGENT).outcome == "not_met"


def test_a_newer_json_leaves_the_word_of_the_pdf_standing(unit: Unit) -> None:
    unit.receive(as_json(), as_pdf(*SUSPECT, *VICTIM), as_json(lastName="Nordmann"))
    assert unit.view().header.version == 3
    assert unit.row.urgency == "immediate"


def test_what_identifies_in_one_source_is_enough(unit: Unit) -> None:
    unit.receive(as_json())
    alone = unit.row.actionability
    unit.receive(as_pdf(*SUSPECT, *VERIFIED, *SEEN))
    finding = unit.finding(ACTIONABLE)
    assert alone != "actionable"
    assert (unit.row.actionability, finding.outcome) == ("actionable", "met")
    assert finding.sentence.startswith("To act on, by the PDF and not by the JSON: ")
    assert "Dated IP event" in finding.sentence


def test_an_obstacle_of_the_one_source_that_leads_somewhere_is_not_left_behind(unit: Unit) -> None:
    unit.receive(as_json())
    alone = unit.row.actionability
    unit.receive(as_pdf(*SUSPECT, *VERIFIED, *SEEN, incident=UNCONFIRMED))
    assert (unit.row.actionability, alone) == ("needs_information", "needs_information")
    assert unit.finding(ACTIONABLE).outcome == "not_met"


def test_a_source_that_does_not_say_when_it_was_received_goes_by_the_one_that_does(
    unit: Unit,
) -> None:
    after_receipt = "2026-11-20T20:00:01Z"
    unit.receive(as_json(seen_at=after_receipt))
    alone = unit.row
    event = f"<ipAddress>192.0.2.10</ipAddress><dateTime>{after_receipt}</dateTime>"
    unit.receive(
        f"<report><reportId>{NUMBER}</reportId>"
        f"<incidentSummary><incidentType>{IMAGES}</incidentType></incidentSummary>"
        "<personOrUserReported><screenName>ola.nordmann</screenName>"
        f"<ipCaptureEvent>{event}<eventName>Login</eventName></ipCaptureEvent>"
        "</personOrUserReported></report>"
    )
    assert (unit.row.actionability, unit.row.deadline_on) == (
        alone.actionability,
        alone.deadline_on,
    )
    assert all(clock.source_format is None for clock in unit.view().clocks)


def hidden_json() -> dict[str, Any]:
    """Return a JSON whose one address is said to be a proxy, with nothing else that leads on."""
    report = as_json(seen_at="2026-11-08T20:00:01Z")
    [person] = report["reportedInformation"]["reportedPeople"]["reportedPersons"]
    person["sourceInformation"]["sourceCaptures"][0]["possibleProxy"] = True
    return report


def test_an_obstacle_that_another_source_denies_does_not_stand_in_the_way(unit: Unit) -> None:
    unit.receive(hidden_json())
    assert unit.row.actionability == "not_actionable"
    unit.receive(as_pdf(*SUSPECT, *VERIFIED))
    assert unit.row.actionability == "actionable"
    assert "“Identity hidden (VPN)” does not hold" in unit.finding(ACTIONABLE).sentence
    assert "«Skjult identitet (VPN)» gjelder ikke" in unit.finding(ACTIONABLE, "nb").sentence


def test_a_source_that_says_nothing_of_an_obstacle_denies_nothing(unit: Unit) -> None:
    unit.receive(hidden_json(), as_pdf(*SUSPECT))
    assert unit.row.actionability == "not_actionable"
    assert unit.finding(ACTIONABLE).outcome == "not_met"


def test_an_address_in_the_other_source_of_which_nobody_says_anything_leaves_it_open(
    unit: Unit,
) -> None:
    unlisted = a_field("IP Address", "198.51.100.7 (Login)", "11-08-2026 20:00:01 UTC")
    unit.receive(hidden_json())
    assert unit.row.actionability == "not_actionable"
    unit.receive(as_pdf(*SUSPECT, unlisted))
    assert unit.row.actionability != "not_actionable"
    assert "“Identity hidden (VPN)” is not settled" in unit.finding(ACTIONABLE).sentence
    assert "«Skjult identitet (VPN)» er ikke avklart" in unit.finding(ACTIONABLE, "nb").sentence


def test_a_contact_of_which_nobody_says_whether_it_is_verified_leaves_it_open(unit: Unit) -> None:
    unit.receive(hidden_json(), as_pdf(*SUSPECT, a_field("Email Address", "ola@example.org")))
    assert unit.row.actionability != "not_actionable"


def test_an_address_in_the_other_source_whose_data_was_gone_opens_nothing(unit: Unit) -> None:
    """198.51.100.9 is clear, and its network had deleted who had it before the report came."""
    expired = a_field("IP Address", "198.51.100.9 (Login)", "01-05-2025 20:00:01 UTC")
    load(unit.store, "access", "198.51.100.9\n")
    unit.receive(hidden_json(), as_pdf(*SUSPECT, expired))
    assert unit.row.actionability == "not_actionable"


def test_an_obstacle_that_only_another_source_states_lowers_nothing(unit: Unit) -> None:
    unit.receive(as_json(emails=[{"value": "ola@example.org", "verified": True}]))
    assert unit.row.actionability == "actionable"
    unit.receive(as_pdf(*SUSPECT, incident=UNCONFIRMED))  # which leaves the age in doubt
    [pdf] = unit.store.rows_of(
        "SELECT actionability FROM analyst.referral_version WHERE version = 2"
    )
    assert (pdf["actionability"], unit.row.actionability) == ("not_actionable", "actionable")


def test_the_earliest_last_day_of_all_sources_counts_and_names_its_address(unit: Unit) -> None:
    earlier = a_field("IP Address", "192.0.2.77 (Login)", "01-03-2026 20:00:01 UTC")
    unit.receive(as_json(seen_at="2026-11-08T20:00:01Z"))
    assert unit.row.deadline_on == date(2027, 11, 8)
    unit.receive(as_pdf(*SUSPECT, *SEEN, earlier))
    assert (unit.row.deadline_on, unit.row.ip_address) == (date(2027, 1, 3), "192.0.2.77")
    view = unit.view()
    assert view.deadline.last_on == view.header.deadline_on == date(2027, 1, 3)
    [clock] = view.deadline.lost
    assert (clock.source_format, clock.ip_address) == ("cybertipline_pdf", "192.0.2.77")
    # The event that both state runs once, and the PDF's event is no event of the JSON.
    addresses = [clock.ip_address for clock in view.clocks if clock.kind == "connection_data"]
    assert addresses == ["192.0.2.77", "192.0.2.10"]
    assert [event.last_on for event in view.ip_events] == [date(2027, 11, 8)]


def test_what_only_the_pdf_says_is_told_and_not_written_into_the_json(unit: Unit) -> None:
    unit.receive(as_json(), as_pdf(*SUSPECT, *VICTIM))
    assert [party.role for party in unit.view().parties] == ["reported_user"]
    [row] = unit.store.rows_of(
        "SELECT count(*) AS n, any_value(urgency) AS urgency FROM analyst.referral"
    )
    assert (row["n"], row["urgency"]) == (1, "immediate")


def test_every_finding_is_rebuilt_from_what_was_stored(unit: Unit) -> None:
    unit.receive(as_json(), as_pdf(*SUSPECT, *VICTIM, *SEEN))
    shown = {found.rule_id: (found.outcome, found.sentence) for found in unit.view().findings}
    rebuilt = rebuild_current_findings(unit.store, unit.view().header.referral_id)
    assert all(finding.agrees for finding in rebuilt)
    assert {f.rule_id: (f.outcome, f.sentence["en"]) for f in rebuilt} == shown


def test_the_same_person_in_both_sources_is_not_known_before(unit: Unit) -> None:
    unit.receive(as_json(seen_at="2026-11-08T20:00:01Z"), as_pdf(*SUSPECT))
    [row] = unit.store.rows_of(
        "SELECT max(CAST(json_extract_string(facts, '$.same_account_count') AS INTEGER)) AS n "
        "FROM referral.current_assessment"
    )
    assert row["n"] == 0


def test_three_sources_the_most_urgent_speaks(unit: Unit) -> None:
    table = {"incidentType": "Online Enticement of Children for Sexual Acts"}
    later = as_json()
    later["reportedInformation"]["incidentSummary"] |= table
    unit.receive(later, as_pdf(*SUSPECT, *VICTIM))
    assert "Said in the PDF and not in the JSON: Child under 14" in unit.finding(URGENT).sentence
    assert "Enticement" not in unit.finding(URGENT).sentence


def test_show_tells_it_on_the_command_line(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    files = [
        write(tmp_path, "a.json", as_json()),
        write(tmp_path, "a.pdf", as_pdf(*SUSPECT, *VICTIM)),
    ]
    for path in files:
        _run(["import", str(path), "--store", str(store), "--json"])
        _run(["assess", "--store", str(store)])
    shown = json.loads(_run(["show", NUMBER, "--store", str(store), "--json"]))
    assert shown["header"]["urgency"] == "immediate"
    sentences = [f["sentence"]["en"] for f in shown["rebuilt_findings"] if f["rule_id"] == URGENT]
    assert sentences == ["Said in the PDF and not in the JSON: Child under 14; Stated victim."]
    queue = json.loads(_run(["queue", "--store", str(store), "--json"]))
    assert [row["urgency"] for row in queue] == ["immediate"]


def _run(arguments: Sequence[str]) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout
