"""Tables of labels and values, set straight where their layout misleads.

A label that fills its column ends so near to its value that the two look like one text: they are
parted where the values of the table begin. A label in the middle of a value of several lines stands
below the value's first line, or between two of them; read from top to bottom, the value would go to
the label before. Where a page shows such rows, each label is moved up to the first line of its row.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from connectors.cybertipline_pdf.lines import Line

_ALIGNED: Final = 2.0  # points
_OVERLAP: Final = 0.8  # heights of a letter: lines nearer than this cannot stand in one column
_ROW_GAP: Final = 1.1  # times the distance between lines of one value
_FEWEST_PAIRS: Final = 3


def set_straight(lines: Sequence[Line], may_be_label: Callable[[str], bool]) -> list[Line]:
    """Return the lines with every label apart from its value, on the first line of its row.

    Args:
        lines: The lines of all pages.
        may_be_label: Says of a text that it is a label, or the beginning of one.
    """
    columns = _columns(lines)
    if columns is None:
        return list(lines)
    lines = [_parted(line, columns, may_be_label) for line in lines]
    if not _is_centred(lines, columns):
        return lines
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    return [line for page in pages.values() for line in _of_page(page, columns)]


def _columns(lines: Sequence[Line]) -> tuple[float, float] | None:
    """Return where labels and values begin, when most pairs on the pages agree."""
    pairs = Counter(
        (round(line.cells[0].x0), round(line.cells[1].x0))
        for line in lines
        if len(line.cells) == 2  # noqa: PLR2004 - a label and a value
    )
    if not pairs:
        return None
    (label, value), count = pairs.most_common(1)[0]
    return (float(label), float(value)) if count >= _FEWEST_PAIRS else None


def _parted(line: Line, columns: tuple[float, float], may_be_label: Callable[[str], bool]) -> Line:
    """Part a line at the value's column when what stands before it may be a label."""
    label, value = columns
    at = next((i for i, word in enumerate(line.words) if abs(word.x0 - value) < _ALIGNED), 0)
    if not at or line.words[at].is_column_start or abs(line.x0 - label) >= _ALIGNED:
        return line
    if not may_be_label(" ".join(word.text for word in line.words[:at])):
        return line
    starts = line.words[at]._replace(is_column_start=True)
    return replace(line, words=(*line.words[:at], starts, *line.words[at + 1 :]))


def _is_centred(lines: Sequence[Line], columns: tuple[float, float]) -> bool:
    """Say whether a label anywhere stands between two lines of a value."""
    return any(
        below.page == above.page
        and above.baseline - below.baseline < _OVERLAP * min(above.size, below.size)
        and {_side(above, columns), _side(below, columns)} == {"label", "value"}
        for above, below in pairwise(lines)
    )


def _side(line: Line, columns: tuple[float, float]) -> str:
    """Say which columns of the table a line stands in; empty when it is no part of it."""
    label, value = columns
    cells = line.cells
    if abs(cells[0].x0 - value) < _ALIGNED and len(cells) == 1:
        return "value"
    if abs(cells[0].x0 - label) >= _ALIGNED:
        return ""
    if len(cells) == 1:
        return "label" if cells[0].x1 < value else ""
    return "both" if abs(cells[1].x0 - value) < _ALIGNED and cells[0].x1 < value else ""


def _of_page(page: Sequence[Line], columns: tuple[float, float]) -> Iterator[Line]:
    pitch = _pitch(page, columns)
    row: list[Line] = []
    for line in page:
        is_table = bool(_side(line, columns))
        if row and not (is_table and row[-1].baseline - line.baseline < _ROW_GAP * pitch):
            yield from _joined(row, columns)
            row = []
        if is_table:
            row.append(line)
        else:
            yield line
    yield from _joined(row, columns)


def _pitch(page: Sequence[Line], columns: tuple[float, float]) -> float:
    """Return the distance between lines of one value: the smallest in the value's column."""
    heights = [line.baseline for line in page if _side(line, columns) in {"value", "both"}]
    return min((a - b for a, b in pairwise(heights)), default=0.0)


def _joined(row: Sequence[Line], columns: tuple[float, float]) -> Iterator[Line]:
    """Pair the lines of a row's label with those of its value from the top."""
    _, value = columns
    left = [
        tuple(word for word in line.words if word.x0 < value - _ALIGNED)
        for line in row
        if _side(line, columns) != "value"
    ]
    right = [
        (line, tuple(word for word in line.words if word.x0 >= value - _ALIGNED))
        for line in row
        if _side(line, columns) != "label"
    ]
    for index in range(max(len(left), len(right))):
        line = right[index][0] if index < len(right) else row[-1]
        words = (left[index] if index < len(left) else ()) + (
            right[index][1] if index < len(right) else ()
        )
        yield Line(line.page, line.number, line.baseline, line.size, words)
