"""Glyphs on a page -> lines of words with their places; nothing is known of reports here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

# All in heights of the letters. A blank is about 0.25 wide in every common font, so less is
# kerning; the space between two columns is wider than the two blanks that may follow a full stop.
_WORD_GAP: Final = 0.13
_COLUMN_GAP: Final = 0.8
_SAME_LINE: Final = 0.38
_OVERPRINT: Final = 0.12  # bold made by drawing twice


class Glyph(NamedTuple):
    """One letter: its edges, its baseline, its height, in points from the lower left corner."""

    x0: float
    x1: float
    baseline: float
    size: float
    text: str


class Word(NamedTuple):
    """Letters without a gap."""

    x0: float
    x1: float
    text: str
    is_column_start: bool


class Cell(NamedTuple):
    """Words without a column's gap between them."""

    x0: float
    x1: float
    text: str


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
            Cell(group[0].x0, group[-1].x1, " ".join(word.text for word in group))
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
    letters: list[str] = []
    start = end = 0.0
    is_column_start = was_blank = False
    before: Glyph | None = None
    for glyph in row:
        if glyph.text.isspace():
            was_blank = True
            continue
        if before is not None and _is_overprint(before, glyph):
            continue
        gap = glyph.x0 - end
        if letters and (was_blank or gap > _WORD_GAP * glyph.size):
            yield Word(start, end, "".join(letters), is_column_start)
            letters = []
        if not letters:
            is_column_start = before is None or gap > _COLUMN_GAP * glyph.size
            start = glyph.x0
        letters.append(glyph.text)
        end = max(end, glyph.x1) if before is not None else glyph.x1
        before, was_blank = glyph, False
    if letters:
        yield Word(start, end, "".join(letters), is_column_start)


def _is_overprint(before: Glyph, glyph: Glyph) -> bool:
    return glyph.text == before.text and glyph.x0 - before.x0 < _OVERPRINT * glyph.size
