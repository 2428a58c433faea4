"""Glyphs on a page -> lines of words with their places; nothing is known of reports here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

# All in heights of the letters. A blank is about 0.25 wide in every common font, so less is
# kerning; the space between two columns is wider than the two blanks that may follow a full stop.
_WORD_GAP: Final = 0.13
_COLUMN_GAP: Final = 0.8
_SAME_LINE: Final = 0.38
_MOSTLY: Final = 0.5  # of a gap that blanks may cover before it counts as typed
_OVERPRINT: Final = 0.12  # bold made by drawing twice


MIXED: Final = -1  # the look of a word whose letters look different


class Glyph(NamedTuple):
    """One letter: its edges, its baseline, its height, in points from the lower left corner.

    `look` is a number for font and size together: the same number, the same look.
    """

    x0: float
    x1: float
    baseline: float
    size: float
    text: str
    look: int = 0


class Word(NamedTuple):
    """Letters without a gap. `is_after_blanks`: the gap before it was typed, not laid out."""

    x0: float
    x1: float
    text: str
    is_column_start: bool
    look: int = 0
    is_after_blanks: bool = False


class Cell(NamedTuple):
    """Words without a column's gap between them; look and blanks are those of the first."""

    x0: float
    x1: float
    text: str
    look: int = 0
    is_after_blanks: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one baseline. `number` counts the lines of its page from 1."""

    page: int
    number: int
    baseline: float
    size: float
    words: tuple[Word, ...]

    @property
    def place(self) -> str:
        """Where it stands, in words an officer can follow."""
        return f"page {self.page}, line {self.number}"

    @property
    def cells(self) -> list[Cell]:
        """The line cut at gaps as wide as those between columns."""
        groups: list[list[Word]] = []
        for word in self.words:
            if word.is_column_start or not groups:
                groups.append([])
            groups[-1].append(word)
        return [
            Cell(
                group[0].x0,
                group[-1].x1,
                " ".join(word.text for word in group),
                group[0].look,
                group[0].is_after_blanks,
            )
            for group in groups
        ]

    @property
    def text(self) -> str:
        """The whole line, one blank between words."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Where its first word begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where its last word ends."""
        return self.words[-1].x1


def lines_of(page: int, glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines of a page from top to bottom, each from left to right."""
    lines: list[Line] = []
    for row in _rows(sorted(glyphs, key=lambda glyph: -glyph.baseline)):
        words = tuple(_words(sorted(row, key=lambda glyph: (glyph.x0, glyph.x1))))
        if words:
            size = max(glyph.size for glyph in row)
            lines.append(Line(page, len(lines) + 1, row[0].baseline, size, words))
    return lines


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in glyphs:
        if row and row[0].baseline - glyph.baseline > _SAME_LINE * min(row[0].size, glyph.size):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _words(row: Sequence[Glyph]) -> Iterator[Word]:
    letters: list[Glyph] = []
    end = typed = 0.0
    is_column_start = is_after_blanks = was_blank = False
    before: Glyph | None = None
    for glyph in row:
        if glyph.text.isspace():
            was_blank, typed = True, typed + glyph.x1 - glyph.x0
            continue
        if before is not None and _is_overprint(before, glyph):
            continue
        gap = glyph.x0 - end
        if letters and (was_blank or gap > _WORD_GAP * glyph.size):
            yield _word(letters, end, is_column_start, is_after_blanks)
            letters = []
        if not letters:
            is_column_start = before is None or gap > _COLUMN_GAP * glyph.size
            is_after_blanks = is_column_start and typed > _MOSTLY * gap
        letters.append(glyph)
        end = max(end, glyph.x1) if before is not None else glyph.x1
        before, was_blank, typed = glyph, False, 0.0
    if letters:
        yield _word(letters, end, is_column_start, is_after_blanks)


def _word(letters: Sequence[Glyph], end: float, *marks: bool) -> Word:
    is_column_start, is_after_blanks = marks
    looks = {glyph.look for glyph in letters}
    look = looks.pop() if len(looks) == 1 else MIXED
    text = "".join(glyph.text for glyph in letters)
    return Word(letters[0].x0, end, text, is_column_start, look, is_after_blanks)


def _is_overprint(before: Glyph, glyph: Glyph) -> bool:
    return glyph.text == before.text and glyph.x0 - before.x0 < _OVERPRINT * glyph.size
