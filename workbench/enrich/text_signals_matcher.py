"""Where the terms of all lists stand in a text.

Most texts hold no term, so what is done for each must be next to nothing: the text is split at
white space, and every distinct piece ("money,") is looked up in a memory of which words of the
lists it holds, as one bit each. A text is read word by word only when every word of some term is in
it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.enrich.text_signals_words import TermWords, WordMatch
from workbench.model.terms import Term, TermList, TermLists
from workbench.normalise.word import WORD, WORD_OVER_LINES, fold_word, without_line_hyphens

# So many different everyday words of a language tell that a text is written in it; "ok" tells not.
EVERYDAY_WORDS_THAT_TELL: Final = 3
# The memory is emptied when it holds so many pieces; longer pieces are not words and not kept.
_MOST_PIECES: Final = 400_000
_LONGEST_PIECE: Final = 40

# word number -> index of each word of the text that can be it -> how many letters differ
_Places = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One term in one text; letters are counted from 0, `end` is the first one after it."""

    term_list: TermList
    term: Term
    start: int
    end: int
    distance: int


@dataclass(frozen=True, slots=True)
class TextResult:
    """What the lists say of one text. Not readable: too short, or in none of their languages."""

    is_readable: bool
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A term with its words as numbers; `needs` has a bit for each."""

    term_list: TermList
    term: Term
    words: tuple[int, ...]
    reaches: tuple[int, ...]
    needs: int


class TextMatcher:
    """Finds every term of every list; made once, asked for each text."""

    def __init__(self, lists: TermLists) -> None:
        self._words = TermWords(lists)
        patterns = [
            self._pattern(term_list, term) for term_list in lists.lists for term in term_list.terms
        ]
        self._by_rarest: dict[int, list[_Pattern]] = {}
        for pattern in patterns:
            self._by_rarest.setdefault(_rarest_word(pattern), []).append(pattern)
        self._rarest = sum(1 << number for number in self._by_rarest)
        self._everyday: dict[str, int] = {}
        self._languages = tuple(self._number_everyday(lists.everyday_words))
        # Pieces hold the same few sets of words again and again, nearly all of them none: each set
        # of bits stands once, and a piece knows its number.
        self._pieces: dict[str, int] = {}
        self._bits: list[int] = [0]
        self._numbers: dict[int, int] = {0: 0}
        self._matches: dict[str, tuple[WordMatch, ...]] = {}

    def _pattern(self, term_list: TermList, term: Term) -> _Pattern:
        words = tuple(self._words.number_of(slot) for slot in term.slots)
        needs = 0
        for number in words:
            needs |= 1 << number
        return _Pattern(term_list, term, words, tuple(slot.reach for slot in term.slots), needs)

    def _number_everyday(self, words: Mapping[str, Sequence[str]]) -> list[int]:
        """Give everyday words the bits above the terms' own; return the bits of each language."""
        languages = []
        for language in sorted(words):
            bits = 0
            for word in words[language]:
                number = len(self._words) + len(self._everyday)
                bits |= self._everyday.setdefault(fold_word(word), 1 << number)
            languages.append(bits)
        return languages

    def search(self, text: str) -> TextResult:
        """Say where terms stand in a text, in the order of their places."""
        joined = without_line_hyphens(text)
        present = self._words_in(text)
        if joined is not None:
            present |= self._words_in(joined)
        is_readable = any(
            (present & bits).bit_count() >= EVERYDAY_WORDS_THAT_TELL for bits in self._languages
        )
        patterns = self._possible(present)
        if not patterns:
            return TextResult(is_readable, ())
        hits = self._hits(text, WORD, patterns)
        if joined is not None:
            hits = list(dict.fromkeys([*hits, *self._hits(text, WORD_OVER_LINES, patterns)]))
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return TextResult(is_readable, tuple(hits))

    def _words_in(self, text: str) -> int:
        """Return a bit for each listed word that stands somewhere in the text."""
        pieces = set(text.split())
        numbers = set(map(self._pieces.get, pieces))
        present = 0
        for number in numbers:
            present |= self._bits[number or 0]
        if None in numbers:  # only now: a look-up can empty the memory that the numbers are of
            for piece in pieces:
                if piece not in self._pieces:
                    present |= self._look_up(piece)
        return present

    def _look_up(self, piece: str) -> int:
        bits = 0
        for found in WORD.finditer(piece):
            word = found.group()
            bits |= self._everyday.get(fold_word(word), 0)
            for number, _ in self._match(word):
                bits |= 1 << number
        if len(piece) <= _LONGEST_PIECE:
            if len(self._pieces) >= _MOST_PIECES:
                self._pieces.clear()
                self._bits, self._numbers = [0], {0: 0}
            number = self._numbers.setdefault(bits, len(self._bits))
            if number == len(self._bits):
                self._bits.append(bits)
            self._pieces[piece] = number
        return bits

    def _match(self, word: str) -> tuple[WordMatch, ...]:
        found = self._matches.get(word)
        if found is None:
            found = self._words.matches(word)
            if len(self._matches) >= _MOST_PIECES:
                self._matches.clear()
            if len(word) <= _LONGEST_PIECE:
                self._matches[word] = found
        return found

    def _possible(self, present: int) -> list[_Pattern]:
        """Return the terms whose every word is there."""
        possible = []
        rarest = present & self._rarest
        while rarest:
            lowest = rarest & -rarest
            rarest ^= lowest
            possible += [
                pattern
                for pattern in self._by_rarest[lowest.bit_length() - 1]
                if pattern.needs & present == pattern.needs
            ]
        return possible

    def _hits(self, text: str, word: re.Pattern[str], patterns: Sequence[_Pattern]) -> list[Hit]:
        spans: list[tuple[int, int]] = []
        places: dict[int, dict[int, int]] = {}
        needed = 0
        for pattern in patterns:
            needed |= pattern.needs
        remembered = self._matches.get
        for index, found in enumerate(word.finditer(text)):
            spans.append(found.span())
            matches = remembered(found.group())
            if matches is None:
                matches = self._match(found.group())
            for number, distance in matches:
                if needed >> number & 1:
                    places.setdefault(number, {})[index] = distance
        hits = []
        for pattern in patterns:
            for first, distance in places.get(pattern.words[0], {}).items():
                rest = _follow(pattern, 1, first, places)
                if rest is not None:
                    last, more = rest
                    span = (spans[first][0], spans[last][1])
                    hits.append(Hit(pattern.term_list, pattern.term, *span, distance + more))
        return hits


def _rarest_word(pattern: _Pattern) -> int:
    """Return the number of the word most likely to be rare: the one whose forms are longest."""
    lengths = [min(map(len, slot.forms)) for slot in pattern.term.slots]
    return pattern.words[lengths.index(max(lengths))]


def _follow(pattern: _Pattern, slot: int, index: int, places: _Places) -> tuple[int, int] | None:
    """Return where the rest of a term ends after the word `index`, nearest words first."""
    if slot == len(pattern.words):
        return index, 0
    here = places.get(pattern.words[slot], {})
    for step in range(1, pattern.reaches[slot] + 1):
        distance = here.get(index + step)
        if distance is not None:
            rest = _follow(pattern, slot + 1, index + step, places)
            if rest is not None:
                return rest[0], rest[1] + distance
    return None
