"""The quick matcher against a slow one that compares every word with every form."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.enrich.text_signals_matcher import TextMatcher
from workbench.enrich.text_signals_words import bearable_distance
from workbench.model.terms import Signal, Slot, Term, TermList, TermLists
from workbench.normalise.word import WORD, fold_word, readings_of, with_digraphs

LETTERS = "abå"
FORMS = st.text(LETTERS, min_size=1, max_size=3) | st.text("ab", min_size=6, max_size=11)
SLOTS = st.builds(
    Slot,
    forms=st.lists(FORMS, min_size=1, max_size=2, unique=True).map(tuple),
    distance=st.integers(0, 2),
    reach=st.sampled_from([1, 1, 4]),
)
TERMS = st.lists(SLOTS, min_size=1, max_size=3).map(lambda slots: Term("", tuple(slots)))
PARTS = st.sampled_from([" ", " ", " ", "\n", ", ", "-", "-\n", "... ", "'", "\u00ad", "_", "1"])
TEXTS = st.lists(st.tuples(FORMS | st.text(LETTERS + "AÅ0", max_size=8), PARTS), max_size=14).map(
    lambda pairs: "".join(word + part for word, part in pairs)
)


def lists_of(terms: list[Term], never_near: tuple[str, ...] = ()) -> TermLists:
    numbered = tuple(Term(str(number), term.slots) for number, term in enumerate(terms))
    one = TermList(
        list_id="en-x",
        language="en",
        signal=Signal.MEETING,
        version=1,
        dated_on=date(2026, 1, 1),
        source="",
        is_own=False,
        hash="",
        terms=numbered,
    )
    return TermLists("hash", (one,), {"en": ("zz", "yy", "xx")}, never_near)


def edit_distance(left: str, right: str) -> int:
    """Optimal string alignment, as in the textbook."""
    rows = [
        [max(x, y) if min(x, y) == 0 else 0 for y in range(len(right) + 1)]
        for x in range(len(left) + 1)
    ]
    for x in range(1, len(left) + 1):
        for y in range(1, len(right) + 1):
            change = rows[x - 1][y - 1] + (left[x - 1] != right[y - 1])
            rows[x][y] = min(rows[x - 1][y] + 1, rows[x][y - 1] + 1, change)
            if x > 1 and y > 1 and left[x - 2 : x] == right[y - 1] + right[y - 2]:
                rows[x][y] = min(rows[x][y], rows[x - 2][y - 2] + 1)
    return rows[-1][-1]


def slot_distance(written: str, slot: Slot, never_near: tuple[str, ...]) -> int | None:
    """Return by how many letters a written word differs from the nearest form it may stand for."""
    found = []
    for word in readings_of(fold_word(written)):
        for form in {fold_word(form) for form in slot.forms}:
            for spelling in (form, with_digraphs(form)):
                distance = edit_distance(word, spelling)
                bound = bearable_distance(spelling, slot.distance)
                is_near = word[:1] == spelling[:1] and distance <= bound and word not in never_near
                if distance == 0 or is_near:
                    found.append(distance)
    return min(found, default=None)


def slow_hits(
    text: str, terms: list[Term], never_near: tuple[str, ...]
) -> set[tuple[str, int, int, int]]:
    words = [(found.start(), found.end()) for found in WORD.finditer(text)]

    def rest(slots: tuple[Slot, ...], index: int) -> tuple[int, int] | None:
        if not slots:
            return index, 0
        for step in range(1, slots[0].reach + 1):
            if index + step >= len(words):
                return None
            start, end = words[index + step]
            distance = slot_distance(text[start:end], slots[0], never_near)
            tail = None if distance is None else rest(slots[1:], index + step)
            if distance is not None and tail is not None:
                return tail[0], tail[1] + distance
        return None

    hits = set()
    for number, term in enumerate(terms):
        for first, (start, end) in enumerate(words):
            distance = slot_distance(text[start:end], term.slots[0], never_near)
            tail = rest(term.slots[1:], first)
            if distance is not None and tail is not None:
                hits.add((str(number), start, words[tail[0]][1], distance + tail[1]))
    return hits


@settings(max_examples=400)
@given(st.lists(TERMS, min_size=1, max_size=5), TEXTS, st.lists(FORMS, max_size=2).map(tuple))
def test_the_quick_matcher_finds_what_the_slow_one_finds(
    terms: list[Term], text: str, never_near: tuple[str, ...]
) -> None:
    matcher = TextMatcher(lists_of(terms, never_near))
    folded = tuple(fold_word(word) for word in never_near)
    text = text.replace("-\n", "-")  # words over lines have a test of their own
    for _ in range(2):  # the second time everything is remembered
        found = {
            (hit.term.text, hit.start, hit.end, hit.distance) for hit in matcher.search(text).hits
        }
        assert found == slow_hits(text, terms, folded)


@settings(max_examples=300)
@given(st.lists(TERMS, min_size=1, max_size=5), TEXTS)
def test_a_place_begins_and_ends_with_the_letters_that_fit_the_term(
    terms: list[Term], text: str
) -> None:
    for hit in TextMatcher(lists_of(terms)).search(text).hits:
        place = text[hit.start : hit.end]
        joined = place.replace("-\n", "")
        ways = [[found.group() for found in WORD.finditer(one)] for one in (place, joined)]
        assert place[0].isalnum()
        assert any(
            slot_distance(words[0], hit.term.slots[0], ()) is not None
            and slot_distance(words[-1], hit.term.slots[-1], ()) is not None
            for words in ways
        )
        assert hit.start == 0 or not (text[hit.start - 1].isalnum() and text[hit.start].isalnum())


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_at_all_can_be_searched(text: str) -> None:
    slot = Slot(("secret", "hemmelighet"), 2, 1)
    matcher = TextMatcher(lists_of([Term("secret", (slot,))]))
    for hit in matcher.search(f"{text} secret {text}").hits:
        assert 0 <= hit.start < hit.end <= len(text) * 2 + 8
    assert any(hit.distance == 0 for hit in matcher.search(f"{text} secret {text}").hits)


@given(st.text(max_size=12))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word)
