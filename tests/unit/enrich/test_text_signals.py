"""Asking the lists: each text once, boilerplate never, again when lists change, and no word in a log."""

import logging
from pathlib import Path

import pytest

from rules.term_lists import load_term_lists
from tests.unit.assess.referral_rows import add_version, facts_of, outcomes_of
from workbench.composition import enrich, understand
from workbench.enrich import text_signals
from workbench.enrich.text_signals import find_text_signals, list_term_lists
from workbench.settings import Settings
from workbench.store.connection import Store

LONG = (
    "The account was closed after the report, and there was nothing else that they said about it. "
)
OWN = """
language = "en"

[[list]]
id = "own-meeting"
signal = "meeting"
version = 1
date = 2026-05-01
source = "The unit's own"
terms = ["by the quiet kiosk"]
"""


def text(content: str, text_no: int = 1, **said: object) -> dict[str, object]:
    return {"text_no": text_no, "kind": "additional_info", "content": content, **said}


def found(store: Store) -> list[tuple[object, ...]]:
    return store.query(
        "SELECT text_kind, text_no, signal, start_letter, end_letter FROM analyst.text_signal ORDER BY ALL"
    )[1]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_places_are_stored_with_list_and_date(store: Store) -> None:
    add_version(store, text_block=[text("æøå: how old are you", kind="incident_content")])
    assert find_text_signals(store, load_term_lists()) == 1
    assert found(store) == [("incident_content", 1, "asking_age", 5, 20)]
    [row] = store.rows_of("FROM analyst.text_signal")
    assert (row["list_id"], row["list_version"], row["is_own_list"]) == ("en-asking-age", 1, False)
    assert row["list_dated_on"]
    assert row["scanned_at"]


def test_boilerplate_is_never_asked(store: Store) -> None:
    words = "how old are you, send me the money"
    add_version(
        store,
        text_block=[
            text(words, 1, kind="company_template", is_boilerplate=True),
            text(words, 2, kind="terms_of_service", is_boilerplate=True),
            text(words, 3, kind="terms_of_service"),
            text(words, 4, is_boilerplate=True),
            text("   ", 5),
            text(words, 6, kind=None, is_boilerplate=None),
        ],
    )
    assert find_text_signals(store, load_term_lists()) == 1
    assert {row[1] for row in found(store)} == {6}


def test_texts_that_are_columns_of_the_report_are_asked_too(store: Store) -> None:
    add_version(
        store, escalation_text="They plan to meet up.", incident_at_description="went live then"
    )
    find_text_signals(store, load_term_lists())
    assert {(row[0], row[1], row[2]) for row in found(store)} == {
        ("escalation_text", None, "meeting"),
        ("incident_at_description", None, "live_streaming"),
    }


def test_each_text_is_asked_once_and_a_new_one_alone(store: Store) -> None:
    lists = load_term_lists()
    add_version(store, 1, text_block=[text("how old are you"), text(LONG, 2)])
    assert [find_text_signals(store, lists) for _ in range(2)] == [2, 0]
    add_version(store, 2, text_block=[text("how old are you")])
    assert find_text_signals(store, lists) == 1
    assert len(found(store)) == 2
    assert len(store.rows_of("FROM referral.term_list")) == len(lists.lists)


def test_the_same_answers_come_in_many_batches(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 8):
        add_version(store, number, text_block=[text(f"{number} how old are you"), text(LONG, 2)])
    monkeypatch.setattr(text_signals, "TEXTS_IN_A_BATCH", 3)
    assert find_text_signals(store, load_term_lists()) == 14
    assert len(found(store)) == 7
    assert store.query("SELECT count(*) FROM referral.text_scan")[1] == [(14,)]


def test_changed_lists_ask_again_and_only_what_changed_is_assessed_again(
    store: Store, own: Path
) -> None:
    add_version(store, 1, text_block=[text(LONG + "We were by the quiet kiosk.")])
    add_version(store, 2, text_block=[text(LONG + "How old are you?")])
    shipped, merged = load_term_lists(), load_term_lists(None, own)
    find_text_signals(store, shipped)
    understand(store, Settings())
    assert facts_of(store, 1)["has_meeting_words"] is False
    assert find_text_signals(store, merged) == 2
    changed = store.rows_of("SELECT version_id, cause FROM referral.evidence_change")
    assert changed == [{"version_id": "version-1", "cause": "term lists"}]
    assert understand(store, Settings()).assessed == 1
    assert facts_of(store, 1)["has_meeting_words"] is True
    assert outcomes_of(store, 1)["words-of-meeting"] == "met"
    # Back to the earlier lists: asked again, and the earlier answer stands.
    assert find_text_signals(store, shipped) == 2
    assert [row[2] for row in found(store)] == ["asking_age"]
    assert find_text_signals(store, shipped) == 0


def test_answers_that_came_after_an_assessment_lead_to_another(store: Store) -> None:
    add_version(store, text_block=[text(LONG)])
    understand(store, Settings())
    assert facts_of(store)["has_meeting_words"] is None
    find_text_signals(store, load_term_lists())
    assert understand(store, Settings()).assessed == 1
    assert facts_of(store)["has_meeting_words"] is False


def test_the_lists_page_knows_whose_lists_speak(store: Store, own: Path) -> None:
    add_version(store, text_block=[text("by the quiet kiosk")])
    find_text_signals(store, load_term_lists(None, own))
    entries = list_term_lists(store)
    assert len(entries) == 41
    last = entries[-1]
    assert (last.list_id, last.is_own, last.term_count, last.referral_count) == (
        "own-meeting", True, 1, 1,
    )  # fmt: skip


def test_a_units_own_words_reach_no_log_and_no_output(
    tmp_path: Path, own: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(store=tmp_path / "store.duckdb", term_lists=own)
    with caplog.at_level(logging.DEBUG), Store.open(settings.store) as store:
        add_version(store, text_block=[text(LONG + "by the quiet kiosk")])
        enrich(store, settings)
        understand(store, settings)
        assert [row[2] for row in found(store)] == ["meeting"]
        sentences = store.query("SELECT string_agg(sentence) FROM analyst.finding")[1][0][0]
    written = caplog.text + "".join(capsys.readouterr()) + sentences
    assert "kiosk" not in written
