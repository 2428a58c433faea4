"""Which words of the term lists a written word can be: looked up, never compared one by one.

Exact forms stand in a dictionary. Near forms are found by the symmetric delete method: a term word
and a misspelt one share a string that each becomes when a letter or two are left out, so a word of
a text costs a few look-ups however long the lists are. The edit distance itself (neighbouring
letters swapped count as one) is rapidfuzz's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz.distance import OSA

from workbench.model.terms import Slot, TermLists
from workbench.normalise.word import fold_word, readings_of, with_digraphs

# A shorter word is another word after one wrong letter ("meet", "feet"); of two wrong letters long
# words only can bear it.
SHORTEST_WITH_ONE: Final = 6
SHORTEST_WITH_TWO: Final = 10
_LONGEST: Final = 40

# A word of the lists: its number, and by how many letters the written word differs from it.
WordMatch = tuple[int, int]


def bearable_distance(form: str, asked: int) -> int:
    """Return how many letters of a form may be wrong, at most `asked`."""
    if len(form) < SHORTEST_WITH_ONE:
        return 0
    return min(asked, 1 if len(form) < SHORTEST_WITH_TWO else 2)


class TermWords:
    """Every word of every term, numbered; terms that share a word share its number."""

    def __init__(self, lists: TermLists) -> None:
        self._numbers: dict[tuple[tuple[str, ...], int], int] = {}
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        self._bounds: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._most = 0  # the largest distance any form bears
        everyday = {fold_word(word) for words in lists.everyday_words.values() for word in words}
        self._never_near = everyday | {fold_word(word) for word in lists.false_friends}

    def number_of(self, slot: Slot) -> int:
        """Return the number of a slot's word, taking it up when it is new."""
        key = (slot.forms, slot.distance)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            self._take_up(slot, self._numbers[key])
        return self._numbers[key]

    def _take_up(self, slot: Slot, number: int) -> None:
        for form in sorted(_spellings(slot.forms)):
            self._exact[form].append(number)
            bound = bearable_distance(form, slot.distance)
            if bound:
                self._most = max(self._most, bound)
                self._bounds[form].append((number, bound))
        for form in sorted(_spellings(slot.forms)):
            bound = bearable_distance(form, slot.distance)
            for key in _with_letters_left_out(form, bound) if bound else ():
                if form not in self._near[key]:
                    self._near[key].append(form)

    def __len__(self) -> int:
        return len(self._numbers)

    def matches(self, written: str) -> tuple[WordMatch, ...]:
        """Return the words a written word can be: as they stand, or misspelt."""
        found: dict[int, int] = {}
        for word in readings_of(fold_word(written)):
            for number in self._exact.get(word, ()):
                found[number] = 0
            for number, distance in self._near_matches(word):
                found[number] = min(distance, found.get(number, distance))
        return tuple(sorted(found.items()))

    def _near_matches(self, word: str) -> Iterator[WordMatch]:
        if not SHORTEST_WITH_ONE - 1 <= len(word) <= _LONGEST or word in self._never_near:
            return
        keys = _with_letters_left_out(word, self._most)
        for form in {form for key in keys for form in self._near.get(key, ())}:
            distance = OSA.distance(word, form, score_cutoff=self._most)
            for number, bound in self._bounds[form]:
                if distance <= bound:
                    yield number, distance


def _spellings(forms: Iterable[str]) -> set[str]:
    folded = {fold_word(form) for form in forms}
    return folded | {with_digraphs(form) for form in folded}


def _with_letters_left_out(word: str, count: int) -> set[str]:
    """Return the word and all it becomes with up to `count` letters left out.

    The first letter stays: people seldom get it wrong, and most false friends differ there.
    """
    found = {word}
    for _ in range(count):
        found |= {one[:place] + one[place + 1 :] for one in found for place in range(1, len(one))}
    return found
