"""Tables that lose nothing on a narrow terminal: what does not fit beside goes below its row.

A date or a code that is cut is worth nothing, so a cell is cut nowhere. Columns of short cells keep
their width; long texts wrap; and where that is not enough, the further columns of a row stand below
it, each with its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_GAP: Final = 2  # spaces between two columns
_SHORT: Final = 26  # cells up to this never wrap: dates and times, codes, numbers, names
_LEAST: Final = 24  # a long text in less is a strip of single words
_FIRST: Final = 30  # the first column names the row; longer names wrap where the row is tight

Cells = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns stand beside each other and how wide; all others stand below their row."""

    beside: dict[int, int]
    below: tuple[int, ...]


def lay_out(heads: Sequence[str], rows: Cells, room: int) -> Layout:
    """Find the layout that shows every cell whole in `room` columns of a terminal."""
    columns = [[head, *(row[at] for row in rows)] for at, head in enumerate(heads)]
    natural = [max(_width(cell) for cell in column) for column in columns]
    longest_word = [max(_longest_word(cell) for cell in column) for column in columns]
    least = [
        width if width <= _SHORT else max(_LEAST, word)
        for width, word in zip(natural, longest_word, strict=True)
    ]
    everything = tuple(range(len(heads)))
    if _total(least) <= room:
        return Layout(dict(zip(everything, _share(natural, least, room), strict=True)), ())
    beside = {0: min(room, max(min(natural[0], _FIRST), longest_word[0]))}
    for at in everything[1:]:
        if natural[at] > _SHORT or _total([*beside.values(), natural[at]]) > room:
            break
        beside[at] = natural[at]
    return Layout(beside, everything[len(beside) :])


def write_table(console: Console, heads: Sequence[str], rows: Cells) -> None:
    """Write a table, every cell whole."""
    layout = lay_out(heads, rows, console.width)
    if not layout.below:
        console.print(_table(layout, heads, rows))
        return
    console.print(_table(layout, heads, []))
    for row in rows:
        console.print(_table(layout, heads, [row], has_heads=False))
        for line in _lines_below(layout, heads, row):
            console.print(Padding(Text(line, overflow="fold"), (0, 0, 0, _GAP), expand=False))


def _table(layout: Layout, heads: Sequence[str], rows: Cells, *, has_heads: bool = True) -> Table:
    table = Table(
        box=None,
        padding=(0, _GAP, 0, 0),
        pad_edge=False,
        show_header=has_heads,
        header_style="bold",
    )
    for at, width in layout.beside.items():
        table.add_column(Text(heads[at]), width=width, overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[at]) for at in layout.beside))
    return table


def _lines_below(layout: Layout, heads: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """Yield what stands below a row: short cells after each other, each long text by itself."""
    said = (at for at in layout.below if row[at])
    for is_short, columns in groupby(said, key=lambda at: _width(row[at]) <= _SHORT):
        named = (f"{heads[at]}: {row[at]}" if heads[at] else row[at] for at in columns)
        yield from [", ".join(named)] if is_short else named


def _share(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Narrow the widest columns, none below its least, until all fit."""
    widths = [min(width, room) for width in natural]
    while _total(widths) > room:
        spare = [width - lowest for width, lowest in zip(widths, least, strict=True)]
        widest = max(range(len(widths)), key=lambda at: (spare[at] > 0, widths[at]))
        widths[widest] -= 1
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _width(cell: str) -> int:
    return max((cell_len(line) for line in cell.splitlines()), default=0)


def _longest_word(cell: str) -> int:
    return max((cell_len(word) for word in cell.split()), default=0)
