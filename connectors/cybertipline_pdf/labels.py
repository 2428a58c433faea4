"""Finds the labels that begin on a line, also one broken over lines or without its colon."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from connectors.cybertipline_pdf.form import Label, ShapeForm, fold
from connectors.cybertipline_pdf.lines import Cell, Line
from connectors.cybertipline_pdf.values import Fragment

_MOST_LINES: Final = 4  # over which a label is broken
_ALIGNED: Final = 4.0  # points

MayBeFurther = Callable[[Cell, Cell], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A label, where it stands, and the pieces of its value on the same lines."""

    level: int  # which of the shapes asked has it
    key: str
    x0: float
    value_x0: float | None  # where the value begins, when it is a cell of its own
    fragments: list[Fragment]
    last: Line
    height: int
    look: int  # of the label


def find_labels(
    lines: Sequence[Line],
    at: int,
    shapes: Sequence[ShapeForm],
    *,
    needs_mark: bool,
    may_be_further: MayBeFurther,
) -> list[Found]:
    """Return the labels that begin on a line, from left to right; empty when none does.

    Args:
        lines: All lines.
        at: The line.
        shapes: Where labels are looked up, in this order.
        needs_mark: Only a label with its colon or question mark counts, as inside free text.
        may_be_further: Says of the line's first cell and a later one whether a label may begin it.
    """
    found = _first(lines, at, shapes, needs_mark=needs_mark)
    if found is None:
        return []
    label, level, height = found
    rows = lines[at : at + height]
    cells = rows[0].cells
    pieces = [Fragment(label.rest, rows[-1].place)] if label.rest else []
    value_x0 = None
    further: list[Found] = []
    for row in rows:
        right = row.cells[1:]
        if row is rows[0]:
            may_begin = partial(may_be_further, cells[0])
            cut = _next_label(right, shapes, may_begin)
            further = _of_cells(right[cut:], row, shapes, may_begin)
            right = right[:cut]
        if right:
            is_column = value_x0 is None and not label.rest and not right[0].is_after_blanks
            value_x0 = right[0].x0 if is_column else value_x0
            pieces.append(Fragment(" ".join(cell.text for cell in right), row.place))
    pieces = pieces or [Fragment("", rows[0].place)]
    own = Found(level, label.key, cells[0].x0, value_x0, pieces, rows[-1], height, cells[0].look)
    return [own, *further]


def _first(
    lines: Sequence[Line], at: int, shapes: Sequence[ShapeForm], *, needs_mark: bool
) -> tuple[Label, int, int] | None:
    """Return the label at the line's beginning, the shape that has it, the lines it takes."""
    first = lines[at].cells[0]
    best = _find(first.text, shapes, is_alone=not needs_mark)
    is_marked = best is not None and fold(first.text) != fold(best[0].key)
    if is_marked or not any(shape.may_begin(first.text) for shape in shapes):
        return None if best is None else (*best, 1)
    text = first.text
    for height in range(2, _MOST_LINES + 1):
        line = lines[at + height - 1] if at + height <= len(lines) else None
        if line is None or line.page != lines[at].page or abs(line.x0 - first.x0) > _ALIGNED:
            break
        text = f"{text} {line.cells[0].text}"
        longer = _find(text, shapes, is_alone=not needs_mark)
        if longer is not None and (best is None or longer[0].key != best[0].key):
            return (*longer, height)
    return None if best is None else (*best, 1)


def _find(text: str, shapes: Sequence[ShapeForm], *, is_alone: bool) -> tuple[Label, int] | None:
    for level, shape in enumerate(shapes):
        label = shape.find(text, is_alone=is_alone)
        if label is not None:
            return label, level
    return None


def _next_label(
    cells: Sequence[Cell], shapes: Sequence[ShapeForm], may_begin: Callable[[Cell], bool]
) -> int:
    """Return the index of the first cell that begins with a label and its colon."""
    for index, cell in enumerate(cells):
        if may_begin(cell) and _find(cell.text, shapes, is_alone=False) is not None:
            return index
    return len(cells)


def _of_cells(
    cells: Sequence[Cell],
    line: Line,
    shapes: Sequence[ShapeForm],
    may_begin: Callable[[Cell], bool],
) -> list[Found]:
    """Read further labels on the same line."""
    found: list[Found] = []
    while cells:
        match = _find(cells[0].text, shapes, is_alone=False)
        if match is None:
            break
        label, level = match
        cut = 1 + _next_label(cells[1:], shapes, may_begin)
        texts = [label.rest, *(cell.text for cell in cells[1:cut])]
        text = " ".join(text for text in texts if text)
        value_x0 = cells[1].x0 if cut > 1 and not label.rest else None
        pieces = [Fragment(text, line.place)]
        found.append(Found(level, label.key, cells[0].x0, value_x0, pieces, line, 1, cells[0].look))
        cells = cells[cut:]
    return found
