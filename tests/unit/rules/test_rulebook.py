"""Loading: the order, the hash, and a clear stop when a file is wrong."""

from pathlib import Path

import pytest

from rules.rulebook import load_reasons, load_rulebook
from tests.unit.rules.conftest import change
from workbench.errors import RulebookError
from workbench.model.rulebook import LANGUAGES
from workbench.model.vocabulary import Reason

RULE = "urgency/sextortion.toml"


def test_there_are_enough_rules_on_every_axis() -> None:
    axes = [rule.axis for rule in load_rulebook(None).rules]
    assert len(axes) >= 30
    assert {axis: axes.count(axis) >= 5 for axis in ("urgency", "actionability", "quality")} == {
        "urgency": True,
        "actionability": True,
        "quality": True,
    }


def test_what_weighs_most_comes_first_on_each_axis() -> None:
    rules = load_rulebook(None).rules
    assert [rule.axis for rule in rules] == sorted(
        (rule.axis for rule in rules), key=["urgency", "actionability", "quality"].index
    )
    urgency = [rule.effect for rule in rules if rule.axis == "urgency"]
    weights = ["elsewhere", "immediate", "high", "elevated", "lowers", "none"]
    assert urgency == sorted(urgency, key=weights.index)


def test_every_text_stands_in_both_languages() -> None:
    book = load_rulebook(None)
    for rule in book.rules:
        assert tuple(rule.wording) == LANGUAGES
        assert rule.wording["en"].title != rule.wording["nb"].title or rule.id == "infant"
        assert bool(rule.wording["en"].ask_for) == bool(rule.wording["nb"].ask_for)
    for named in (*book.facts, *book.periods):
        assert set(named.title) == set(LANGUAGES)
    assert all(set(band.sentence) == set(LANGUAGES) for band in book.bands)


def test_a_sentence_is_short_enough_to_be_read_in_a_queue() -> None:
    for rule in load_rulebook(None).rules:
        for wording in rule.wording.values():
            assert len(wording.title) <= 40, rule.id
            for sentence in (wording.met, wording.not_met, wording.unknown):
                assert len(sentence) <= 170, (rule.id, sentence)
                assert sentence.endswith("."), (rule.id, sentence)


@pytest.mark.parametrize(
    "file", [RULE, "facts.toml", "bands.toml", "retention/connection_data.toml"]
)
def test_any_change_of_a_file_changes_the_hash(folder: Path, file: str) -> None:
    before = load_rulebook(folder).hash
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    assert load_rulebook(folder).hash != before


def test_the_hash_is_the_same_wherever_the_folder_lies(folder: Path) -> None:
    assert load_rulebook(folder).hash == load_rulebook(None).hash


def test_line_ends_do_not_change_the_hash(folder: Path) -> None:
    before = load_rulebook(folder).hash
    path = folder / RULE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_rulebook(folder).hash == before


def test_a_wrong_rule_stops_the_load_and_is_named(folder: Path) -> None:
    change(folder / RULE, 'when = "is_tagged_sextortion"', 'when = "is_tagged_sex"')
    with pytest.raises(RulebookError, match="is_tagged_sex") as refused:
        load_rulebook(folder)
    assert refused.value.location is not None
    assert refused.value.location.file.endswith(RULE)
    assert refused.value.location.path == "when"
    assert refused.value.remedy


def test_reasons_stand_in_their_order_and_are_the_workbenchs_own() -> None:
    reasons = load_reasons(None)
    assert [reason.order for reason in reasons] == list(range(1, len(reasons) + 1))
    assert [reason.id for reason in reasons] == [str(reason) for reason in Reason]


def test_every_period_names_basis_and_source_and_no_length_is_an_open_answer() -> None:
    periods = {period.id: period for period in load_rulebook(None).periods}
    assert all(period.source for period in periods.values())
    for language in ("en", "nb"):
        assert all(period.legal_basis[language] for period in periods.values())
    assert "§ 2-8a" in periods["no-12-months"].legal_basis["nb"]
    assert periods["no-12-months"].length_months == 12
    assert periods["no-21-days"].valid_until == periods["no-12-months"].valid_from
    assert periods["de-no-duty"].length_months is None
    assert periods["se-10-months"].certainty == "from_memory"
