"""Hotline reports, leads and transaction reports through the public door: what is said of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.registry import connectors
from rules.providers import load_provider_table
from rules.rulebook import load_rulebook
from tests.builders import police_json
from tests.unit.connectors.test_hotline_reader import version_2, version_3
from tests.unit.connectors.test_tables_of_other_kinds import LEAD, PAYMENT, lead, payment
from workbench.assess.assessor import assess
from workbench.desk.referral import show_referral
from workbench.desk.referral_view import ReferralView
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.settings import Settings
from workbench.statistics.import_rate import import_rate
from workbench.store.audit import run_audits
from workbench.store.connection import Store

TODAY = date(2026, 11, 22)


def take(store: Store, folder: Path, **files: str | dict[str, Any]) -> CountSheet:
    """Import files by name (`a_json`, `b_csv`) and assess them."""
    paths = []
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        path = folder / f"{stem}.{suffix}"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        paths.append(path)
    sheet = import_paths(store, paths, connectors=connectors(None), settings=Settings(readers=1))
    assess(store, load_rulebook(None), everything=False, unit_country="NO")
    return sheet


def shown(store: Store, reference: str) -> ReferralView:
    return show_referral(store, reference, today=TODAY, language="en")


def outcomes(view: ReferralView) -> dict[str, str]:
    return {finding.rule_id: finding.outcome for finding in view.findings}


def asked(view: ReferralView) -> set[str]:
    """Return the rules that ask somebody for something."""
    return {finding.rule_id for finding in view.findings if finding.ask_for}


def hotline(store: Store, folder: Path, **changes: Any) -> ReferralView:
    take(store, folder, a_json=version_2(**changes))
    return shown(store, "991006001")


def an_item(**said: Any) -> dict[str, Any]:
    return {"ID": 1, "Url": "https://example.net/a", "HostingCountry": "NO"} | said


class TestAHotlineReport:
    def test_hosted_here_and_assessed_as_illegal_can_be_acted_on(
        self, store: Store, tmp_path: Path
    ) -> None:
        view = hotline(store, tmp_path)
        assert view.header.kind == "hotline_report"
        said = outcomes(view)
        assert (said["hosted-here"], said["assessed-by-hotline"]) == ("met", "met")
        assert view.header.actionability == "actionable"
        assert view.header.provider is None

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"HostingCountry": "Norway"}, ("met", "not_met", "actionable")),
            ({"HostingCountry": "NL", "Items": [an_item(HostingCountry="NL")]}, ("not_met", "met", "not_actionable")),
            ({"HostingCountry": None, "Items": [an_item(HostingCountry=None)]}, ("unknown", "unknown", "needs_information")),
            ({"HostingCountry": "A1", "Items": [an_item(HostingCountry="A1")]}, ("unknown", "unknown", "needs_information")),
            ({"Items": [an_item(HostingCountry="NL"), an_item(ID=2)]}, ("met", "not_met", "needs_information")),
        ],
        ids=["by name", "elsewhere", "unsaid", "no country", "one of two"],
    )  # fmt: skip
    def test_is_about_where_it_is_hosted(
        self, store: Store, tmp_path: Path, changes: Any, expected: tuple[str, str, str]
    ) -> None:
        view = hotline(store, tmp_path, **changes)
        said = outcomes(view)
        position = view.header.actionability
        assert (said["hosted-here"], said["hosted-elsewhere"], position) == expected

    @pytest.mark.parametrize(
        ("codes", "outcome"),
        [([1], "met"), ([2, 4], "met"), ([4], "not_met"), ([3], "unknown"), ([4, 3], "unknown"),
         ([9], "unknown"), (["Baseline"], "met"), ([], "unknown"), ([None], "unknown")],
        ids=str,
    )  # fmt: skip
    def test_is_illegal_by_any_assessment_and_not_by_all_only(
        self, store: Store, tmp_path: Path, codes: list[Any], outcome: str
    ) -> None:
        items = [an_item(Assessments=[{"ClassificationID": code} for code in codes])]
        assert outcomes(hotline(store, tmp_path, Items=items))["assessed-by-hotline"] == outcome

    def test_of_version_3_has_numbers_without_a_meaning(self, store: Store, tmp_path: Path) -> None:
        take(store, tmp_path, a_json=version_3())
        view = shown(store, "991006501")
        assert outcomes(view)["assessed-by-hotline"] == "unknown"
        [assessment] = [each for found in view.web_addresses for each in found.assessments]
        assert (assessment.classification, assessment.classification_word) == ("2", None)

    def test_is_gone_only_when_every_address_is(self, store: Store, tmp_path: Path) -> None:
        gone = [{"ActionID": 3}]
        items = [an_item(Actions=gone), an_item(ID=2)]
        assert outcomes(hotline(store, tmp_path, Items=items))["address-gone"] == "unknown"
        view = hotline(store, tmp_path, Items=[an_item(), an_item(ID=2)], Actions=gone)
        assert outcomes(view)["address-gone"] == "met"
        assert view.header.version == 2

    @pytest.mark.parametrize(
        ("age", "urgency"), [(2, "high"), (3, "elevated"), (4, "routine"), (None, "routine")]
    )
    def test_is_urgent_by_what_it_says_and_never_by_what_is_missing(
        self, store: Store, tmp_path: Path, age: Any, urgency: str
    ) -> None:
        items = [an_item(Assessments=[{"ClassificationID": 1, "AgeGroupID": age}])]
        assert hotline(store, tmp_path, Items=items).header.urgency == urgency

    def test_is_not_asked_for_files_logins_or_ages(self, store: Store, tmp_path: Path) -> None:
        view = hotline(store, tmp_path)
        assert asked(view) <= {"hosted-here", "assessed-by-hotline", "address-gone"}
        said = outcomes(view)
        assert (said["no-files"], said["age-doubt"]) == ("not_met", "not_met")
        assert view.clocks == ()


class TestAConnectionLead:
    def test_with_address_time_port_and_hash_can_be_acted_on(
        self, store: Store, tmp_path: Path
    ) -> None:
        take(store, tmp_path, a_csv=f"{LEAD}\n{lead()}")
        view = shown(store, "L-1")
        said = outcomes(view)
        assert view.header.kind == "connection_lead"
        assert (said["lead-with-port"], said["file-shared"]) == ("met", "met")
        assert view.header.actionability == "actionable"
        assert [clock.kind for clock in view.clocks] == ["connection_data"]
        assert (said["no-files"], said["age-doubt"]) == ("not_met", "not_met")

    def test_without_port_or_hash_says_what_to_ask_the_monitoring_unit(
        self, store: Store, tmp_path: Path
    ) -> None:
        take(store, tmp_path, a_csv="\n".join((LEAD, lead(port="", name="", hashed=""))))
        view = shown(store, "L-1")
        assert asked(view) == {"lead-with-port", "file-shared"}
        assert view.header.actionability == "needs_information"
        assert view.header.urgency == "routine"

    def test_loses_nothing_in_either_import(self, store: Store, tmp_path: Path) -> None:
        lines = (LEAD, lead(), lead(at="2026-11-19T11:00:00Z"), lead("L-2"))
        first = take(store, tmp_path, a_csv="\n".join(lines))
        again = take(store, tmp_path, b_csv="\n".join(lines))
        more = take(store, tmp_path, c_csv="\n".join((*lines, lead("L-2", port="9"))))
        counts = [
            (each.read, each.loaded, each.new_versions, each.duplicates, each.rejected)
            for each in (first, again, more)
        ]
        assert counts == [(2, 2, 0, 0, 0), (2, 0, 0, 2, 0), (2, 0, 1, 1, 0)]

    def test_without_a_number_never_meets_another(self, store: Store, tmp_path: Path) -> None:
        header = "IP;Time (UTC);Source port;Hash;Client software"
        line = f"192.0.2.7;2026-11-19T10:00:00Z;5000;{'a' * 40};ShareBit"
        lines = [line, line.replace("5000", "5001"), line]
        sheet = take(store, tmp_path, a_csv="\n".join((header, *lines)))
        assert (sheet.read, sheet.loaded, sheet.duplicates, sheet.rejected) == (3, 2, 1, 0)


class TestATransactionReport:
    def test_names_a_payer_and_needs_more(self, store: Store, tmp_path: Path) -> None:
        take(store, tmp_path, a_csv="\n".join((PAYMENT, payment(), payment(key="T2"))))
        view = shown(store, "STR-1")
        assert view.header.kind == "transaction_report"
        assert outcomes(view)["payer-named"] == "met"
        assert view.header.actionability == "needs_information"
        assert [(each.amount, each.currency, each.keywords) for each in view.transactions] == [
            ("1234.50", "NOK", ("show", "cam"))
        ] * 2

    def test_without_a_payer_asks_the_institution(self, store: Store, tmp_path: Path) -> None:
        take(store, tmp_path, a_csv="\n".join((PAYMENT, payment(payer=""))))
        assert asked(shown(store, "STR-1")) == {"payer-named", "payment-tied"}

    def test_tied_to_a_report_by_its_payers_address_can_be_acted_on(
        self, store: Store, tmp_path: Path
    ) -> None:
        people = {"reportedPersons": [{"emails": {"emails": [{"value": "Ola@example.org"}]}}]}
        report = police_json()
        report["reportedInformation"]["reportedPeople"] = people
        header, line = f"{PAYMENT};Payer e-mail", f"{payment()};ola@example.org"
        take(store, tmp_path, a_json=report)
        take(store, tmp_path, b_csv=f"{header}\n{line}\n{line.replace('STR-1', 'STR-2')}")
        view = shown(store, "STR-1")
        assert outcomes(view)["payment-tied"] == "met"
        assert view.header.actionability == "actionable"
        [finding] = [found for found in view.findings if found.rule_id == "payment-tied"]
        assert finding.facts["tied_referral_count"] == 1  # STR-2 is a report about payments


def test_kinds_of_one_number_stay_apart_and_audits_hold(store: Store, tmp_path: Path) -> None:
    report = police_json("991006001")
    sheet = take(
        store, tmp_path, a_json=version_2(), b_json=report, c_csv=f"{LEAD}\n{lead('991006001')}"
    )
    assert (sheet.loaded, sheet.rejected) == (3, 0)
    assert len(store.rows("desk/find_referral", {"reference": "991006001"})) == 3
    assert [audit.name for audit in run_audits(store) if not audit.holds] == []


def test_only_reports_of_providers_stand_in_their_import_rate(store: Store, tmp_path: Path) -> None:
    take(
        store, tmp_path, a_json=version_2(), b_json=police_json(), c_csv=f"{LEAD}\n{lead()}",
        d_csv=f"{PAYMENT}\n{payment()}",
    )  # fmt: skip
    rate = import_rate(store, as_of=TODAY, provider_table=load_provider_table(None), all_years=True)
    assert [(total.year, total.received) for total in rate.totals] == [(2026, 1)]
