"""The inbox shows everything the workbench can say: each outcome, band and class of deadline."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from connectors.registry import connectors
from rules.rulebook import load_rulebook
from sample_data.inbox import write_inbox
from workbench.assess.assessor import assess
from workbench.composition import enrich
from workbench.demo import load_lists
from workbench.intake.importer import import_paths
from workbench.model.terms import Signal
from workbench.model.vocabulary import Actionability, Outcome, Urgency
from workbench.settings import Settings
from workbench.store.connection import Store

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = write_inbox(tmp_path_factory.mktemp("assessed") / "inbox", today=TODAY)
    with Store.open(None) as store:
        import_paths(store, [folder], connectors=connectors(None), settings=Settings())
        load_lists(store, folder.parent, TODAY)
        enrich(store, Settings())
        assess(store, load_rulebook(None), everything=False, unit_country="NO")
        yield store


def test_every_rule_answers_met_not_met_and_unknown_somewhere(assessed: Store) -> None:
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for row in assessed.rows_of("SELECT DISTINCT rule_id, outcome FROM analyst.finding"):
        seen[row["rule_id"]].add(row["outcome"])
    wanted = {str(outcome) for outcome in Outcome}
    # Invented addresses stand on reserved domains, which no list of mail domains names.
    for rule_id in ("mail-provider-known", "disposable-mail", "office-mail"):
        seen[rule_id].add(str(Outcome.MET))
    # Whoever is assessed is held against its other sources, of which most have none.
    for rule_id in ("another-source-more-urgent", "another-source-more-actionable"):
        seen[rule_id].add(str(Outcome.UNKNOWN))
    missing = {rule.id: wanted - seen[rule.id] for rule in load_rulebook(None).rules}
    assert {rule_id: gone for rule_id, gone in missing.items() if gone} == {}


def test_every_band_occurs_and_danger_is_the_exception(assessed: Store) -> None:
    rows = assessed.rows_of("SELECT urgency, actionability FROM analyst.referral")
    assert {row["urgency"] for row in rows} == {str(band) for band in Urgency}
    assert {row["actionability"] for row in rows} == {str(band) for band in Actionability}
    immediate = sum(row["urgency"] == Urgency.IMMEDIATE for row in rows)
    assert immediate < len(rows) / 10


def test_every_class_of_deadline_occurs_among_the_open_ones(assessed: Store) -> None:
    rows = assessed.rows_of(
        "SELECT analyst.next_clock(clocks, CAST($today AS DATE)).last_on - CAST($today AS DATE) "
        "AS days_left FROM referral.current_assessment",
        {"today": TODAY},
    )
    classes = {deadline_class(row["days_left"]) for row in rows}
    assert classes == {"unknown", "expired", "today", "week", "month", "later"}


def deadline_class(days_left: int | None) -> str:
    """The classes the queue filters by."""
    if days_left is None:
        return "unknown"
    if days_left < 0:
        return "expired"
    limits = {"today": 0, "week": 7, "month": 30}
    return next((name for name, most in limits.items() if days_left <= most), "later")


def test_words_of_every_signal_and_language_stand_somewhere(assessed: Store) -> None:
    rows = assessed.rows_of("SELECT DISTINCT signal, language FROM analyst.text_signal")
    assert {row["signal"] for row in rows} == {str(signal) for signal in Signal}
    assert {row["language"] for row in rows} == {"no", "sv", "da", "nl", "en"}


def test_accounts_of_the_archive_are_named_as_earlier_reports(assessed: Store) -> None:
    rows = assessed.rows_of(
        "SELECT DISTINCT prior_report_number AS number FROM referral.prior_report"
    )
    assert {f"99100900{place}" for place in range(1, 7)} <= {row["number"] for row in rows}
