"""Words as people write them: other keyboards, drawn out, broken, disguised; and only whole words."""

import pytest

from rules.term_lists import load_term_lists
from workbench.enrich.text_signals_matcher import TextMatcher


@pytest.fixture(scope="module")
def matcher() -> TextMatcher:
    return TextMatcher(load_term_lists())


def places(matcher: TextMatcher, text: str) -> set[tuple[str, str]]:
    return {
        (str(hit.term_list.signal), text[hit.start : hit.end]) for hit in matcher.search(text).hits
    }


@pytest.mark.parametrize(
    ("text", "signal", "place"),
    [
        ("da kan vi moetes snart", "meeting", "kan vi moetes"),
        ("da kan vi møtes snart", "meeting", "kan vi møtes"),
        ("da kan vi mo\u0308tes snart", "meeting", "kan vi mo\u0308tes"),
        ("slaa paa kameraet", "live_streaming", "slaa paa kameraet"),
        ("sla\u030a pa\u030a kameraet", "live_streaming", "sla\u030a pa\u030a kameraet"),
        ("ska vi traeffas", "meeting", "ska vi traeffas"),
        ("HOW OLD ARE YOU", "asking_age", "HOW OLD ARE YOU"),
        ("h0w 0ld are you", "asking_age", "h0w 0ld are you"),
        ("hooooow old are youuuuu", "asking_age", "hooooow old are youuuuu"),
        ("how\r\n\r\n-- old: are, (you)", "asking_age", "how\r\n\r\n-- old: are, (you"),
        ("a gift\u00adcard, g\u200bift card", "payment_demand", "g\u200bift card"),
        ("een cadeau-\r\n   bon kopen", "payment_demand", "cadeau-\r\n   bon"),
        ("don’t tell anyone", "asking_secrecy", "don’t tell anyone"),
        ("ｈｏｗ ｏｌｄ are you", "asking_age", "ｈｏｗ ｏｌｄ are you"),
        ("send me all of the money", "payment_demand", "send me all of the money"),
    ],
)
def test_words_are_known_however_they_are_written(
    matcher: TextMatcher, text: str, signal: str, place: str
) -> None:
    assert (signal, place) in places(matcher, text)


@pytest.mark.parametrize(
    "text",
    [
        "what is your page", "how bold are you", "giftcardboard", "regift cards", "møtekalender og kan vi",
        "send me, as we agreed last summer when the sun was out, the money", "nextortion", "age", "",
        "e" * 100_000, "how" * 30_000, "how old " * 5_000,
    ],
)  # fmt: skip
def test_only_whole_words_in_reach_count(matcher: TextMatcher, text: str) -> None:
    assert places(matcher, text) == set()


def test_a_small_memory_changes_nothing(
    matcher: TextMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"word{number} how old are you, gift cards? {number}" for number in range(50)]
    expected = [places(matcher, text) for text in texts]
    monkeypatch.setattr("workbench.enrich.text_signals_matcher._MOST_PIECES", 3)
    forgetful = TextMatcher(load_term_lists())
    assert [places(forgetful, text) for text in texts] == expected
    assert all(len(found) == 2 for found in expected)
