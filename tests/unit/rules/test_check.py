"""Each fault that a rulebook can have is found, named and placed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.versions import write_locks
from tests.unit.rules.conftest import change
from workbench.errors import RulebookError
from workbench.model.rulebook import Fault

Check = Callable[[], list[Fault]]
RULE = "actionability/no-files.toml"
WHEN = "is_image_referral AND NOT has_reported_file"


def test_the_shipped_rulebook_has_no_fault(check: Check) -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "place"),
    [
        (RULE, WHEN, "is_unheard_of", "unknown_fact", "when"),
        (RULE, WHEN, "reported_file_count", "wrong_type", "when"),
        (RULE, WHEN, "random() > 1", "not_allowed", "when"),
        (RULE, 'id = "no-files"', 'id = "other-name"', "mismatched_id", "id"),
        (RULE, 'id = "no-files"', 'id = "age-doubt"', "duplicate_id", "id"),
        (RULE, 'effect = "obstacle"', 'effect = "immediate"', "wrong_content", ""),
        (RULE, 'effect = "obstacle"', 'effect = "person"', "logic_without_version", "version"),
        (RULE, f"{WHEN}", f"{WHEN} IS TRUE", "logic_without_version", "version"),
        (RULE, "version = 1", "version = 2", "lock_behind", "version"),
        (RULE, "version = 1", "version = 0", "wrong_content", "version"),
        (RULE, "No attached files", "No {ncmec_priority} files", "unused_placeholder", "en.title"),
        (RULE, 'ask_for = "', 'who = "', "wrong_content", "en.ask_for"),
        (RULE, 'outcome = "met"', 'outcome = "not_met"', "missing_example", "example"),
        (RULE, 'outcome = "met"', 'outcome = "not_met"', "failing_example", "example[1]"),
        (RULE, "has_reported_file = false", "ncmec_priority = 1", "unknown_fact", "example[1]"),
        (RULE, "has_reported_file = false", "has_reported_file = 7", "wrong_type", "example[1]"),
        ("facts.toml", "[fact.", '[fact.is_idle]\ntype = "BOOLEAN"\nunit = ""\norigin = []\nnull_means = "x"\nen = "x"\nnb = "x"\n\n[fact.', "unused_fact", "fact.is_idle"),
        ("facts.toml", 'type = "VARCHAR"', 'type = "TEXT"', "wrong_content", "fact.ncmec_classification.type"),
        ("bands.toml", "met_high > 0", "met_hgh > 0", "unknown_fact", "urgency[2].when"),
        ("bands.toml", 'name = "high"', 'name = "urgent"', "wrong_bands", "urgency"),
        ("bands.toml", 'when = "true"', 'when = "met_lowers > 0"', "no_default_band", "urgency[4].when"),
        ("reasons.toml", 'id = "age_doubt"', 'id = "too_old"', "wrong_reasons", "reason"),
        ("retention/connection_data.toml", "length_days = 21", "length_days = 21\nlength_months = 1", "wrong_content", "period.0"),
        ("retention/connection_data.toml", 'id = "no-21-days"', 'id = "no-12-months"', "duplicate_id", "no-12-months"),
        ("providers.toml", '"discord.com"', '"dropbox.com"', "wrong_content", "provider.Dropbox"),
        ("versions.toml", "rule.no-files", "rule.some-files", "not_locked", "version"),
        ("versions.toml", "version = 1", "version = 9", "version_went_back", "version"),
    ],
)  # fmt: skip
def test_a_spoilt_file_is_found(  # noqa: PLR0917 - one column of the table each
    folder: Path, check: Check, file: str, before: str, after: str, code: str, place: str
) -> None:
    change(folder / file, before, after)
    assert (code, place) in {(fault.code, fault.place) for fault in check()}


@pytest.mark.parametrize("file", ["facts.toml", "bands.toml", "versions.toml", RULE])
def test_a_file_that_is_not_toml_is_named(folder: Path, check: Check, file: str) -> None:
    (folder / file).write_text("[[[", encoding="utf-8")
    assert (file, "not_toml") in {(fault.file, fault.code) for fault in check()}


@pytest.mark.parametrize("file", ["facts.toml", "bands.toml", "versions.toml"])
def test_a_missing_file_is_named(folder: Path, check: Check, file: str) -> None:
    (folder / file).unlink()
    assert (file, "missing_file") in {(fault.file, fault.code) for fault in check()}


def test_wording_may_change_without_a_new_version(folder: Path, check: Check) -> None:
    change(folder / RULE, "No attached files", "Nothing attached")
    assert check() == []


def test_new_logic_with_a_new_version_and_an_updated_lock_holds(folder: Path, check: Check) -> None:
    change(folder / RULE, WHEN, "NOT has_reported_file AND is_image_referral")
    change(folder / RULE, "version = 1", "version = 2")
    write_locks(folder)
    assert check() == []


def test_the_lock_is_not_written_over_unannounced_logic(folder: Path) -> None:
    change(folder / RULE, WHEN, "NOT has_reported_file AND is_image_referral")
    before = (folder / "versions.toml").read_bytes()
    with pytest.raises(RulebookError, match="version did not"):
        write_locks(folder)
    assert (folder / "versions.toml").read_bytes() == before


def test_the_lock_remembers_retired_rules(folder: Path) -> None:
    (folder / RULE).unlink()
    write_locks(folder)
    assert "rule.no-files = { version = 1" in (folder / "versions.toml").read_text()
