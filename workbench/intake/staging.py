"""Rows on their way to the store, as columns: rows that mention the same columns lie together.

A batch holds some 50,000 rows. Kept as dicts they would be asked column by column, long after they
left the processor's cache; kept value after value by layout they are turned into columns in one
step each.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any, Final

from workbench.model.record import SourceRow

VERSION: Final = "version_id"
PATH: Final = "source_path"
_ORDER: Final = "_order"  # in which the rows came, across layouts
_OURS: Final = (VERSION, PATH, _ORDER)  # after the values of a row

# Columns of the rows that mention the same ones -> their values, row after row.
_Layouts = dict[tuple[str, ...], list[Any]]


class StagedRows:
    """The rows of one table that one batch has read so far."""

    __slots__ = ("_layouts", "_taken")

    def __init__(self) -> None:
        self._layouts: _Layouts = defaultdict(list)
        self._taken = 0

    def add(self, version_id: str, rows: Sequence[SourceRow], paths: Sequence[str | None]) -> None:
        """Take the rows of one version, and for each its place in the file."""
        layouts, order = self._layouts, self._taken
        for row, path in zip(rows, paths, strict=True):
            values = layouts[tuple(row)]
            values += row.values()
            values += (version_id, path, order)
            order += 1
        self._taken = order

    def only(self, version_ids: Collection[str]) -> "StagedRows":
        """Return the rows of these versions."""
        part = StagedRows()
        for layout, values in self._layouts.items():
            width = len(layout) + len(_OURS)
            part._layouts[layout] = [
                value
                for start in range(0, len(values), width)
                if values[start + len(layout)] in version_ids
                for value in values[start : start + width]
            ]
        return part

    def columns(self) -> "StagedColumns":
        """Return what was taken, column by column."""
        return StagedColumns(self._layouts)


class StagedColumns:
    """Source values by column. Rows stand layout after layout; `order` tells how they came."""

    def __init__(self, layouts: _Layouts) -> None:
        self._blocks = [_block(layout, values) for layout, values in layouts.items() if values]
        self.mentioned: frozenset[str] = frozenset().union(*(block for _, block in self._blocks))
        self.length = sum(length for length, _ in self._blocks)

    def said(self, name: str) -> list[Any]:
        """Return a column's values from the rows that mention it."""
        return list(chain.from_iterable(block.get(name, ()) for _, block in self._blocks))

    def spread(self, name: str, values: list[Any]) -> list[Any]:
        """Return one value a row: `values` where `said` had one, None where it had none."""
        if len(values) == self.length:
            return values
        spread: list[Any] = []
        start = 0
        for length, block in self._blocks:
            if name in block:
                spread += values[start : start + length]
                start += length
            else:
                spread += [None] * length
        return spread

    def all(self, name: str) -> list[Any]:
        """Return a column's value of every row, None where it is not mentioned."""
        return self.spread(name, self.said(name))

    def row_numbers(self, name: str) -> Iterable[int]:
        """Return which rows mention a column, in the order of `said`."""
        start = 0
        for length, block in self._blocks:
            if name in block:
                yield from range(start, start + length)
            start += length

    def order(self) -> list[int] | None:
        """Return when each row came; None when they already stand so."""
        return None if len(self._blocks) == 1 else self.said(_ORDER)


def _block(layout: tuple[str, ...], values: list[Any]) -> tuple[int, dict[str, list[Any]]]:
    """Return how many rows of a layout there are, and their columns."""
    names = (*layout, *_OURS)
    width = len(names)
    return len(values) // width, {name: values[at::width] for at, name in enumerate(names)}
