"""One run of the assessment: what it takes, what it writes, and that it can be rebuilt for ever."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from rules.reading import SHIPPED
from rules.rulebook import load_rulebook
from tests.unit.assess.referral_rows import (
    VICTIM,
    add_version,
    address,
    assess_all,
    outcomes_of,
    position_of,
)
from workbench.assess.assessor import assess
from workbench.assess.rebuild import rebuild_findings
from workbench.errors import RulebookError
from workbench.model.rulebook import Rulebook
from workbench.store.connection import Row, Store


@pytest.fixture
def other_rulebook(tmp_path: Path) -> Rulebook:
    """The shipped rulebook with the age limit of one rule moved."""
    folder = tmp_path / "rules"
    shutil.copytree(SHIPPED, folder)
    path = folder / "urgency/child-under-14.toml"
    text = (
        path.read_text(encoding="utf-8")
        .replace("< 14", "< 16")
        .replace("version = 1", "version = 2")
    )
    path.write_text(text, encoding="utf-8")
    return load_rulebook(folder)


def stored(store: Store, referral: int = 1) -> list[Row]:
    return store.rows_of(
        "SELECT * FROM referral.assessment WHERE referral_id = $id ORDER BY assessment_id",
        {"id": f"referral-{referral}"},
    )


def test_only_what_this_rulebook_has_not_seen_is_assessed_again(
    store: Store, other_rulebook: Rulebook
) -> None:
    changed = partial(assess, store, everything=False, unit_country="NO")
    add_version(store, 1)
    assert changed(load_rulebook(None)).assessed == 1
    add_version(store, 2)
    assert changed(load_rulebook(None)).assessed == 1
    assert changed(load_rulebook(None)).assessed == 0
    assert changed(other_rulebook).assessed == 2
    assert assess_all(store).assessed == 2


def test_a_new_version_is_assessed_and_the_old_findings_stay(store: Store) -> None:
    add_version(store)
    assess_all(store)
    add_version(store, version_id="version-1b", version=2, annotations=["sextortion"])
    assert assess(store, load_rulebook(None), everything=False, unit_country="NO").assessed == 1
    assert [row["urgency"] for row in stored(store)] == ["routine", "immediate"]
    assert position_of(store)[0] == "immediate"


def test_a_setting_that_changes_clocks_leads_to_all_being_assessed_again(store: Store) -> None:
    add_version(store, ip_event=[address()])  # of which nobody says in which country it is
    book = load_rulebook(None)

    def assessed(country: str, *, is_assumed: bool) -> int:
        return assess(
            store,
            book,
            everything=False,
            unit_country=country,
            assumes_unit_country=is_assumed,
        ).assessed

    def last_days() -> list[object]:
        [row] = store.rows_of(
            "SELECT clocks FROM referral.assessment ORDER BY assessment_id DESC LIMIT 1"
        )
        return [clock["last_on"] for clock in row["clocks"] if clock["ip_event_no"] is not None]

    assert assessed("NO", is_assumed=False) == 1
    assert last_days() == [None]
    assert assessed("NO", is_assumed=False) == 0
    assert assessed("NO", is_assumed=True) == 1
    assert last_days() != [None]
    assert assessed("NO", is_assumed=True) == 0
    assert assessed("SE", is_assumed=True) == 1


def test_going_back_to_an_earlier_rulebook_leads_to_all_being_assessed_again(
    store: Store, other_rulebook: Rulebook
) -> None:
    add_version(store)
    changed = [load_rulebook(None), other_rulebook, load_rulebook(None)]
    counts = [assess(store, book, everything=False, unit_country="NO").assessed for book in changed]
    assert counts == [1, 1, 1]


def test_an_empty_store_is_assessed_without_complaint(store: Store) -> None:
    assert assess_all(store).assessed == 0


def test_a_rulebook_is_recorded_once(store: Store) -> None:
    add_version(store)
    assess_all(store)
    assess_all(store)
    book = load_rulebook(None)
    for table, expected in (
        ("rulebook", 1),
        ("rule", len(book.rules)),
        ("retention_period", len(book.periods)),
    ):
        (row,) = store.rows_of(f"SELECT count(*) AS n FROM referral.{table}")  # noqa: S608 - fixed names
        assert row["n"] == expected


def test_every_rule_has_one_outcome_in_its_place(store: Store) -> None:
    add_version(store, annotations=["sextortion"])
    assess_all(store)
    outcomes = outcomes_of(store)
    assert sorted(outcomes) == sorted(rule.id for rule in load_rulebook(None).rules)
    assert outcomes["sextortion"] == "met"
    assert outcomes["child-under-14"] == "unknown"
    assert outcomes["no-files"] == "not_met"


def test_findings_are_rebuilt_from_what_was_stored_whatever_the_rules_say_now(
    store: Store, other_rulebook: Rulebook
) -> None:
    add_version(store, party=[VICTIM | {"age": 15}], ip_event=[address()])
    assess_all(store)
    (first,) = stored(store)
    before = rebuild_findings(store, first)
    assess(store, other_rulebook, everything=True, unit_country="NO")
    assert rebuild_findings(store, first) == before
    assert all(finding.agrees for finding in before)
    by_id = {finding.rule_id: finding for finding in before}
    assert by_id["child-under-14"].outcome == "not_met"
    assert by_id["child-under-14"].facts["youngest_child_age"] == 15
    assert "15" in by_id["child-under-14"].sentence["nb"]
    newest = {finding.rule_id: finding for finding in rebuild_findings(store, stored(store)[-1])}
    assert newest["child-under-14"].outcome == "met"
    assert newest["child-under-14"].rule_version == 2


def test_a_rebuilt_finding_says_what_the_public_view_says(store: Store) -> None:
    add_version(store, ip_event=[address()], party=[VICTIM | {"age": 12}])
    assess_all(store)
    public = {
        row["rule_id"]: (row["outcome"], row["sentence"])
        for row in store.rows_of("SELECT rule_id, outcome, sentence FROM analyst.finding")
    }
    (assessment,) = stored(store)
    rebuilt = {
        finding.rule_id: (finding.outcome, finding.sentence["en"])
        for finding in rebuild_findings(store, assessment)
    }
    assert rebuilt == public


def test_a_tampered_outcome_does_not_agree(store: Store) -> None:
    add_version(store)
    assess_all(store)
    store.run_text(
        "UPDATE referral.assessment SET outcomes = list_transform(outcomes, lambda o: true)"
    )
    (assessment,) = stored(store)
    assert not all(finding.agrees for finding in rebuild_findings(store, assessment))


def test_an_unknown_assessment_has_no_findings(store: Store) -> None:
    nobody = {"assessment_id": "00000000-0000-0000-0000-000000000000"}
    assert rebuild_findings(store, nobody) == []


def test_a_fact_nobody_computes_stops_the_run_before_anything_is_written(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(SHIPPED, folder)
    facts = folder / "facts.toml"
    text = facts.read_text(encoding="utf-8").replace("[fact.is_escalated]", "[fact.is_shouted]")
    facts.write_text(text, encoding="utf-8")
    rule = folder / "urgency/provider-escalated.toml"
    rule.write_text(
        rule.read_text(encoding="utf-8").replace("is_escalated", "is_shouted"), encoding="utf-8"
    )
    other = folder / "actionability/contact-described.toml"
    other.write_text(
        other.read_text(encoding="utf-8").replace("is_escalated", "is_shouted"), encoding="utf-8"
    )
    add_version(store)
    with pytest.raises(RulebookError, match="is_shouted"):
        assess_all(store, load_rulebook(folder))
    assert store.rows_of("SELECT rulebook_hash FROM referral.rulebook") == []
    assert stored(store) == []
