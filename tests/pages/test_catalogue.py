"""The catalogues: both languages say the same things, and the screens say nothing else."""

import ast
import re
from pathlib import Path

import pytest

from connectors.ip_intelligence.shipped import shipped_lists
from rules.rulebook import load_rulebook
from rules.term_lists import load_term_lists
from workbench.desk.queue import QueueFilter
from workbench.model.vocabulary import (
    Actionability,
    Axis,
    Disposition,
    NetworkKind,
    Outcome,
    PartyRole,
    Urgency,
)
from workbench.ui.catalogue import Words, entries

UI = Path(__file__).parents[2] / "workbench" / "ui"
EN, NB = entries("en"), entries("nb")


def _texts(entry: str | tuple[str, str]) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else entry


# Keys that are put together from two variables; everything else shows its beginning in the code.
FROM_VARIABLES = ("urgency.", "actionability.")
TAKES_A_PREFIX = {"or_as_written": 0, "headed": 1}


def _literals() -> tuple[set[str], set[str]]:
    """Return every string of the screens' code, and the beginnings that keys are made from."""
    whole: set[str] = set()
    beginnings = set(FROM_VARIABLES)
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.Call):
                beginnings |= _prefix_given(node)
    return whole, {text for text in beginnings if "." in text}


def _prefix_given(call: ast.Call) -> set[str]:
    place = TAKES_A_PREFIX.get(ast.unparse(call.func).split(".")[-1])
    if place is None or not isinstance(call.args[place], ast.Constant):
        return set()
    return {str(call.args[place].value).removesuffix(".") + "."}


def test_both_languages_have_the_same_keys() -> None:
    assert EN.keys() == NB.keys()


@pytest.mark.parametrize("key", sorted(EN))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    names = {
        language: {name for text in _texts(found[key]) for name in re.findall(r"{(\w*)}", text)}
        for language, found in (("en", EN), ("nb", NB))
    }
    assert names["en"] == names["nb"]
    assert all(text.strip() for found in (EN, NB) for text in _texts(found[key]))


def test_no_text_stands_unused() -> None:
    whole, beginnings = _literals()
    unused = [key for key in EN if key not in whole and not key.startswith(tuple(beginnings))]
    assert unused == []


def test_every_key_the_code_names_is_there() -> None:
    missing = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            first = node.args[0]
            if called.endswith(("words", "words.counted")) and isinstance(first, ast.Constant):
                missing |= {first.value} - EN.keys()
    assert missing == set()


def test_every_word_of_the_closed_lists_has_a_text() -> None:
    wanted = [
        *(f"urgency.{band}{end}" for band in (*Urgency, "unknown") for end in ("", ".title")),
        *(f"actionability.{band}" for band in (*Actionability, "unknown")),
        *(f"disposition.{word}" for word in (*Disposition, "none")),
        *(f"{begin}.{word}" for word in Disposition for begin in ("decide", "told")),
        *(f"decide.{word}.{end}" for word in Disposition for end in ("question", "note")),
        *(f"outcome.{word}" for word in Outcome),
        *(f"axis.{word}" for word in Axis),
        *(f"role.{word}" for word in PartyRole),
        *(f"network.{word}" for word in NetworkKind),
    ]
    assert [key for key in wanted if key not in EN] == []


def test_every_effect_and_period_of_the_shipped_rules_has_a_text() -> None:
    rulebook = load_rulebook(None)
    wanted = {f"effect.{rule.effect}" for rule in rulebook.rules}
    wanted |= {f"clock.{period.kind}.short" for period in rulebook.periods}
    wanted |= {f"certainty.{period.certainty}" for period in rulebook.periods}
    assert wanted - EN.keys() == set()


def test_licences_and_sources_of_shipped_lists_are_said_in_both_languages() -> None:
    licences = {shipped.licence for shipped in shipped_lists()}
    sources = {terms.source for terms in load_term_lists().lists}
    assert {f"list_word.{text}" for text in licences | sources} <= NB.keys()


def test_a_count_of_one_is_said_in_the_singular() -> None:
    assert Words("nb").counted("pane.file_count", 1) == "1 fil"
    assert Words("nb").counted("pane.file_count", 2) == "2 filer"


def test_an_unfiltered_queue_is_the_open_one() -> None:
    assert QueueFilter().status == "open"
