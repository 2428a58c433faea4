"""The shipped lists, held to sentences: what must be found, where exactly, and what must not be."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from rules.term_lists import load_term_lists
from workbench.enrich.text_signals_matcher import TextMatcher
from workbench.model.terms import Signal

FOLDER = Path(__file__).parent / "term_sentences"
LANGUAGES = ("no", "sv", "da", "nl", "en")


@cache
def matcher() -> TextMatcher:
    return TextMatcher(load_term_lists())


@cache
def sentences(language: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def cases(key: str) -> list[tuple[str, str, str]]:
    return [
        (language, signal, sentence)
        for language in LANGUAGES
        for signal, of_signal in sentences(language).items()
        for sentence in of_signal[key]
    ]


@pytest.mark.parametrize(("language", "signal", "sentence"), cases("found"))
def test_words_are_found_at_their_exact_place(language: str, signal: str, sentence: str) -> None:
    before, _, rest = sentence.partition("«")
    marked, _, after = rest.partition("»")
    text = before + marked + after
    hits = matcher().search(text).hits
    places = [
        text[hit.start : hit.end]
        for hit in hits
        if (hit.term_list.signal, hit.term_list.language) == (signal, language)
    ]
    assert marked in places


@pytest.mark.parametrize(
    ("signal", "sentence"), [(signal, sentence) for _, signal, sentence in cases("innocent")]
)
def test_an_innocent_sentence_has_no_such_signal_in_any_language(
    signal: str, sentence: str
) -> None:
    hits = [hit for hit in matcher().search(sentence).hits if hit.term_list.signal == signal]
    assert [(hit.term_list.list_id, sentence[hit.start : hit.end]) for hit in hits] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_signal_has_sentences_of_both_kinds(language: str) -> None:
    given = sentences(language)
    assert set(given) == {str(signal) for signal in Signal}
    assert all(len(of_signal["innocent"]) >= 10 for of_signal in given.values())
    assert all(len(of_signal["found"]) >= 5 for of_signal in given.values())


def test_no_innocent_sentence_of_one_signal_stands_for_another() -> None:
    """A few sentences do touch another signal; more would mean that the lists are too wide."""
    wrong = [
        (sentence, hit.term_list.list_id)
        for _, _, sentence in cases("innocent")
        for hit in matcher().search(sentence).hits
    ]
    assert len(wrong) <= len(cases("innocent")) // 100, wrong


@pytest.mark.parametrize(
    "text",
    [
        "Der Junge war in der Schule und hat dann seine Freunde angerufen, die in Wien wohnen.",
        "La jeune fille est allée à la mer avec des amis et elle a vu le bateau de son père.",
        "El niño fue a la escuela y después jugó con su hermano en el parque de la ciudad.",
        "Chłopiec poszedł do szkoły, a potem grał z bratem w parku i wrócił do domu.",
        "Poika meni kouluun ja pelasi sitten veljensä kanssa puistossa koko illan.",
        "Мальчик пошёл в школу, а потом играл с братом в парке.",
        "ذهب الولد إلى المدرسة ثم لعب مع أخيه في الحديقة",
        "Closed.", "ok", "Automated report.", "12345 67890", "",
    ],
)  # fmt: skip
def test_a_short_or_foreign_text_says_nothing_by_silence(text: str) -> None:
    result = matcher().search(text)
    assert not result.is_readable
    assert not result.hits


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_longer_text_in_a_covered_language_is_readable(language: str) -> None:
    chosen = [one for of_signal in sentences(language).values() for one in of_signal["innocent"]]
    readable = [
        matcher().search(" ".join(chosen[start : start + 6])).is_readable
        for start in range(0, len(chosen), 6)
    ]
    assert sum(readable) >= 0.8 * len(readable)
