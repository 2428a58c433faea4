"""Marking places: the pieces are the text, and what overlaps is one piece."""

import json
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from rules.term_lists import load_term_lists
from tests.unit.assess.referral_rows import add_version
from workbench.desk.referral import show_referral
from workbench.desk.text_signals import TextSignalView, mark_places, number_signals
from workbench.enrich.text_signals import find_text_signals
from workbench.store.connection import Store

SAID = "First <b>how old are you</b>, and can we meet?"


def at(start: int, end: int, list_id: str = "en-meeting") -> TextSignalView:
    return TextSignalView(
        kind="additional_info",
        text_no=1,
        signal="meeting",
        language="en",
        list_id=list_id,
        list_version=1,
        dated_on=date(2026, 1, 1),
        source="source",
        is_own=False,
        found_at=datetime(2026, 2, 1, tzinfo=UTC),
        start_letter=start,
        end_letter=end,
        distance=0,
    )


@given(
    st.text(min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 10), st.sampled_from("ab")), max_size=6),
)
def test_the_pieces_are_the_text_and_every_place_is_marked(
    content: str, spans: list[tuple[int, int, str]]
) -> None:
    places = [
        at(start, min(start + length, len(content)), name)
        for start, length, name in spans
        if start < len(content)
    ]
    pieces = mark_places(content, places, number_signals(places))
    assert "".join(piece for piece, _ in pieces) == content
    marked: set[int] = set()
    done = 0
    for piece, signals in pieces:
        assert piece
        if signals:
            marked |= set(range(done, done + len(piece)))
        done += len(piece)
    assert marked == {n for one in places for n in range(one.start_letter, one.end_letter)}


def test_places_are_gathered_by_text_and_list() -> None:
    numbered = number_signals([at(0, 3), at(5, 8), at(5, 8, "no-meeting"), at(5, 8)])
    assert [(one.number, one.first.list_id, one.place_count) for one in numbered] == [
        (1, "en-meeting", 2),
        (2, "no-meeting", 1),
    ]


def test_what_is_known_of_a_referral_has_the_places_and_not_the_words_of_lists(
    store: Store,
) -> None:
    add_version(store, text_block=[{"text_no": 1, "kind": "incident_content", "content": SAID}])
    find_text_signals(store, load_term_lists())
    view = show_referral(store, "referral-1", today=date(2026, 6, 3), language="en")
    assert {SAID[one.start_letter : one.end_letter] for one in view.text_signals} == {
        "how old are you",
        "can we meet",
    }
    assert {(one.list_id, one.language, one.is_own) for one in view.text_signals} == {
        ("en-asking-age", "en", False),
        ("en-meeting", "en", False),
    }
    assert all(one.dated_on and one.found_at and one.source for one in view.text_signals)
    assert "are/r" not in json.dumps([one.source for one in view.text_signals])
