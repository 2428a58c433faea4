"""Term lists: what is wrong with one is said with file and place, and never with a word of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.reading import SHIPPED
from rules.term_lists import load_term_lists, read_term_lists
from tests.unit.rules.conftest import change
from workbench.errors import RulebookError
from workbench.model.rulebook import Fault
from workbench.model.terms import Signal

OWN = """
language = "no"

[[list]]
id = "own-meeting"
signal = "meeting"
version = 3
date = 2026-05-01
source = "The unit's own"
terms = [{terms}]
"""


def own_folder(folder: Path, terms: str = '"ved kiosken"', **changed: str) -> Path:
    text = OWN.replace("{terms}", terms)
    for before, after in changed.values():
        assert before in text
        text = text.replace(before, after)
    place = folder / "own"
    place.mkdir(exist_ok=True)
    (place / "own.toml").write_text(text, encoding="utf-8")
    return place


def faults_of(own: Path) -> list[Fault]:
    faults: list[Fault] = []
    read_term_lists(SHIPPED, own, faults)
    return faults


def test_every_signal_is_listed_in_all_five_languages() -> None:
    lists = load_term_lists().lists
    assert {(entry.signal, entry.language) for entry in lists} == {
        (signal, language) for signal in Signal for language in ("no", "sv", "da", "nl", "en")
    }
    assert all(entry.source and entry.dated_on and not entry.is_own for entry in lists)
    assert all(len(entry.terms) >= 10 for entry in lists)


def test_a_units_own_lists_stand_beside_the_others_and_change_the_hash(tmp_path: Path) -> None:
    shipped, merged = load_term_lists(), load_term_lists(None, own_folder(tmp_path))
    [own] = [entry for entry in merged.lists if entry.is_own]
    assert (own.list_id, own.version, own.signal) == ("own-meeting", 3, Signal.MEETING)
    assert len(merged.lists) == len(shipped.lists) + 1
    assert merged.hash != shipped.hash


def test_endings_gaps_and_alternatives_are_written_out(tmp_path: Path) -> None:
    own = own_folder(tmp_path, '"kom/møt .. kiosk*"')
    [term] = next(entry for entry in load_term_lists(None, own).lists if entry.is_own).terms
    first, second = term.slots
    assert first.forms == ("kom", "møt")
    assert {"kiosk", "kiosken", "kiosker"} <= set(second.forms)
    assert (first.reach, second.reach) == (1, 4)


@pytest.mark.parametrize(
    ("terms", "changed", "place", "code"),
    [
        ('"ved kiosken", "Ved  KIOSKEN"', {}, "own-meeting.terms[2]", "duplicate_term"),
        ('{ term = "ved", distance = 0 }', {}, "own-meeting.terms[1]", "too_short"),
        ('{ term = "ved kiosk", distance = 1 }', {}, "own-meeting.terms[1]", "too_short_for_distance"),
        ('{ term = "kiosken", distance = 2 }', {}, "own-meeting.terms[1]", "too_short_for_distance"),
        ('{ term = "kiosken", distance = 3 }', {}, "list.0.terms.0.TermDocument.distance", "wrong_content"),
        ('"ved [kiosken]"', {}, "own-meeting.terms[1]", "wrong_term"),
        ('".. kiosken"', {}, "own-meeting.terms[1]", "wrong_term"),
        ('"ved .. .. kiosken"', {}, "own-meeting.terms[1]", "wrong_term"),
        ('"kiosk**"', {}, "own-meeting.terms[1]", "wrong_term"),
        ('"ved kiosken"', {"signal": ('"meeting"', '"meetings"')}, "list.0.signal", "wrong_content"),
        ('"ved kiosken"', {"language": ('"no"', '"fi"')}, "language", "wrong_content"),
        ('"ved kiosken"', {"id": ("own-meeting", "no-meeting")}, "no-meeting", "duplicate_id"),
        ('"ved kiosken", 7', {}, "list.0.terms.1.constrained-str", "wrong_content"),
        ('"ved kiosken"', {"source": ('"The unit', 'The "unit')}, "", "not_toml"),
    ],
    ids=lambda value: value if isinstance(value, str) and "_" in value and " " not in value else "",
)  # fmt: skip
def test_what_is_wrong_is_named_by_file_and_place_and_not_by_its_words(
    tmp_path: Path, terms: str, changed: dict[str, tuple[str, str]], place: str, code: str
) -> None:
    own = own_folder(tmp_path, terms, **changed)
    faults = faults_of(own)
    assert (place, code) in [(fault.place, fault.code) for fault in faults]
    assert all(fault.file == str(own / "own.toml") for fault in faults)
    assert not any("kiosk" in str(fault).casefold() for fault in faults)
    with pytest.raises(RulebookError) as refused:
        load_term_lists(None, own)
    assert "kiosk" not in str(refused.value).casefold()
    assert "own.toml" in str(refused.value)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert [fault.code for fault in faults_of(tmp_path / "gone")] == ["missing_folder"]


def test_the_check_of_the_rulebook_reads_the_lists(
    folder: Path, check: Callable[[], list[Fault]]
) -> None:
    change(folder / "terms" / "en.toml", '"western union",', '"western union", "western union",')
    found = [fault for fault in check() if fault.code == "duplicate_term"]
    assert [(fault.file, fault.place.partition("[")[0]) for fault in found] == [
        ("terms/en.toml", "en-payment-demand.terms")
    ]


def test_a_language_without_everyday_words_is_a_fault(folder: Path) -> None:
    path = folder / "terms" / "en.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("\neveryday_words = ")
    path.write_text(text[:start] + text[text.index("\nfalse_friends = ") :], encoding="utf-8")
    faults: list[Fault] = []
    read_term_lists(folder, None, faults)
    assert [(fault.file, fault.code) for fault in faults] == [
        ("terms/en.toml", "no_everyday_words")
    ]
