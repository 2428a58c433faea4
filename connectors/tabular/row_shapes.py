"""What looks like a row of a table, wherever it stands: above the header, or inside a cell."""

import re
from collections.abc import Sequence
from typing import Any, Final

from connectors.tabular.column_map import FORMATS, ColumnMap, Target, fold_header
from connectors.tabular.sheets import Line
from connectors.walk import is_stated

_DIGIT: Final = re.compile(r"\d")
_NOT_ZERO: Final = re.compile(r"[^\D0]")
_PLAIN: Final = re.compile(r"#?\d+(?:[ .,\u00a0]\d{3})*")
# What a spreadsheet program writes where a formula failed, in its user's language.
_CELL_ERROR: Final = re.compile(r"#(?:[^\W\d_]+[!?]|DIV/0!|N/A|I/T|NV|#+)", re.IGNORECASE)
_MOMENT: Final = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2})(?:[T ,].*)?|\d{1,2}:\d{2}.*"
)
_SHORTEST_NUMBER: Final = 5  # digits; a year or a week above the table has fewer
_FEWEST_CELLS: Final = 3  # a line with fewer is a title, or a word and what it says
_NUMBER_AND_MORE: Final = 2  # cells, where one of them is a number by itself

Targets = Sequence[Target | None]


def holds_number(column_map: ColumnMap, cell: object) -> bool:
    """Say whether a cell holds a number by which a report can be known.

    Zeros, a word such as `none`, the result of a failed formula, a moment or a header written once
    more would make one referral of strangers. Leads and payments may have numbers of letters only.
    """
    text = str(cell).strip()
    if text.isdecimal() and text[0] != "0":
        return True
    if not is_stated(cell) or _CELL_ERROR.fullmatch(text) is not None:
        return False
    named = column_map.targets.get(fold_header(text))
    if named is not None and named.column == "report_number":
        return False
    if column_map.source_format != FORMATS["report"]:
        return True
    return _NOT_ZERO.search(text) is not None and _MOMENT.fullmatch(text) is None


def is_row(column_map: ColumnMap, targets: Targets, cells: Sequence[Any]) -> bool:
    """Say whether cells, put under this header, are a row and no title.

    Titles, `Exported on;2026-01-01` and several such pairs side by side are no rows, so it takes a
    number where the number belongs: a plain one with anything beside it, another one with half of
    the header's cells. Where there can be no number, every cell that the layout needs is filled.
    """
    places = [place for place, target in enumerate(targets) if target is not None]
    numbers = [place for place in places if _is_number_column(targets[place])]
    number = next((cells[place] for place in numbers if place < len(cells)), None)
    filled = sum(map(_is_filled, cells))
    if holds_number(column_map, number):
        text = str(number)
        digits = len(_DIGIT.findall(text))
        is_report = column_map.source_format == FORMATS["report"]
        if digits >= (_SHORTEST_NUMBER if is_report else 1):
            is_plain = is_report and _PLAIN.fullmatch(text.strip()) is not None
            half = max(_FEWEST_CELLS, (len(targets) + 1) // 2)
            return filled >= (_NUMBER_AND_MORE if is_plain else half)
    elif is_stated(number):
        return False
    needed = [
        cells[place] if place < len(cells) else None
        for place in places
        if place not in numbers and _is_needed(column_map, targets[place])
    ]
    return (
        filled >= _FEWEST_CELLS
        and all(map(_is_filled, needed))
        and any(_DIGIT.search(str(cell)) for cell in needed)
    )


def lines_swallowed(column_map: ColumnMap, targets: Targets, line: Line) -> int:
    """Return how many lines a stray quotation mark has put into a cell of this row; mostly none.

    A cell may hold lines of text. They are rows when one of them has the columns of the header
    and looks like a row; the last of them goes on in the cells behind.
    """
    for place, cell in enumerate(line.cells):
        _, *inner = str(cell).splitlines() or [""]
        if not inner:
            continue
        rows = [piece.split(line.delimiter) for piece in inner]
        rows[-1] += line.cells[place + 1 :]
        if any(len(row) == len(targets) and is_row(column_map, targets, row) for row in rows):
            return len(inner)
    return 0


def _is_number_column(target: Target | None) -> bool:
    return target is not None and target.column == "report_number"


def _is_needed(column_map: ColumnMap, target: Target | None) -> bool:
    return target is not None and fold_header(target.header) in column_map.match


def _is_filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""
