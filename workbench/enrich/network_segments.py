"""Overlapping ranges of one list -> pieces that do not overlap, each with the range that speaks.

Where ranges overlap the most specific, that is the smallest, speaks; of two equally small the one
that stands first in the list.
"""

from heapq import heappop, heappush
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

_Numbers = np.ndarray[tuple[int], np.dtype[np.uint64]]
_Places = np.ndarray[tuple[int], np.dtype[np.int64]]
_ONE: Final = np.uint64(1)


class Ranges(NamedTuple):
    """Ranges as 128-bit ends in two halves, both ends included."""

    start_high: _Numbers
    start_low: _Numbers
    end_high: _Numbers
    end_low: _Numbers

    @classmethod
    def of_table(cls, table: pa.Table) -> "Ranges":
        """Take the four columns of ends out of a table."""
        return cls(*(table.column(name).combine_chunks().to_numpy() for name in cls._fields))

    def take(self, places: _Places) -> "Ranges":
        """Return the ranges at these places."""
        return Ranges(*(column[places] for column in self))


class Segments(NamedTuple):
    """Pieces in ascending order, and for each the place of the range that speaks there."""

    ends: Ranges
    range_no: _Places


def first_of_each(ranges: Ranges) -> _Places:
    """Return the places of the ranges, of several that are equal only the first, in file order."""
    order = np.lexsort((ranges.end_low, ranges.end_high, ranges.start_low, ranges.start_high))
    ordered = ranges.take(order)
    is_new = np.ones(len(order), dtype=bool)
    if len(order):
        is_new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in ordered])
    # The sort is stable, so of equal ranges the first in the file stands first.
    return np.sort(order[is_new])


def cut(ranges: Ranges) -> Segments:
    """Cut ranges into pieces that do not overlap."""
    edges, first, after = _ranked(ranges)
    order = np.lexsort((after, first))
    ordered_first, ordered_after = first[order], after[order]
    reach = np.maximum.accumulate(ordered_after) if len(order) else ordered_after
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = ordered_first[1:] >= reach[:-1]
    # A range that touches no other is a piece as it is; most lists hold nothing else.
    group = np.cumsum(begins) - 1
    is_alone = np.bincount(group)[group] == 1 if len(order) else begins
    alone = order[is_alone]
    starts, ends, places = _swept(order[~is_alone], first, after, _sizes(ranges))
    all_starts = np.concatenate([first[alone], starts])
    all_ends = np.concatenate([after[alone], ends])
    all_places = np.concatenate([alone, places])
    ascending = np.argsort(all_starts, kind="stable")
    return Segments(
        _between(edges, all_starts[ascending], all_ends[ascending]), all_places[ascending]
    )


class _Edges(NamedTuple):
    """Every place where a range begins, or the next after its end, ascending and without repeats.

    `over` is 1 for the place after the last address there is.
    """

    over: _Numbers
    high: _Numbers
    low: _Numbers


def _ranked(ranges: Ranges) -> tuple[_Edges, _Places, _Places]:
    """Return the edges, and each range's first edge and the edge after its end."""
    count = len(ranges.start_low)
    after_low = ranges.end_low + _ONE  # wraps to 0, which carries into the upper half
    after_high = ranges.end_high + (after_low == 0)
    after_over = ((after_high == 0) & (after_low == 0)).astype(np.uint64)
    over = np.concatenate([np.zeros(count, np.uint64), after_over])
    high = np.concatenate([ranges.start_high, after_high]).astype(np.uint64)
    low = np.concatenate([ranges.start_low, after_low])
    order = np.lexsort((low, high, over))
    over, high, low = over[order], high[order], low[order]
    is_new = np.ones(len(order), dtype=bool)
    if len(order):
        is_new[1:] = (over[1:] != over[:-1]) | (high[1:] != high[:-1]) | (low[1:] != low[:-1])
    rank = np.empty(len(order), np.int64)
    rank[order] = np.cumsum(is_new) - 1
    return _Edges(over[is_new], high[is_new], low[is_new]), rank[:count], rank[count:]


def _sizes(ranges: Ranges) -> _Places:
    """Return the place of each range when the smallest comes first; equal ones in file order."""
    borrow = (ranges.end_low < ranges.start_low).astype(np.uint64)
    order = np.lexsort(
        (ranges.end_low - ranges.start_low, ranges.end_high - ranges.start_high - borrow)
    )
    sizes = np.empty(len(order), np.int64)
    sizes[order] = np.arange(len(order))
    return sizes


def _swept(
    overlapping: _Places, first: _Places, after: _Places, sizes: _Places
) -> tuple[_Places, _Places, _Places]:
    """Walk over ranges that overlap, in ascending order; the smallest that is open speaks."""
    starts: list[int] = []
    ends: list[int] = []
    places: list[int] = []
    opened: list[tuple[int, int, int]] = []  # size, edge after the end, place

    def speak(here: int, until: int) -> None:
        """Write what is open from one edge to another."""
        while opened and here < until:
            _, closes, place = opened[0]
            if closes <= here:
                heappop(opened)
                continue
            end = min(closes, until)
            if places and places[-1] == place and ends[-1] == here:
                ends[-1] = end
            else:
                starts.append(here)
                ends.append(end)
                places.append(place)
            here = end

    here = 0
    for place, begin, closes, size in zip(
        overlapping.tolist(),
        first[overlapping].tolist(),
        after[overlapping].tolist(),
        sizes[overlapping].tolist(),
        strict=True,
    ):
        speak(here, begin)
        here = begin
        heappush(opened, (size, closes, place))
    speak(here, int(after[overlapping].max(initial=0)))
    return np.array(starts, np.int64), np.array(ends, np.int64), np.array(places, np.int64)


def _between(edges: _Edges, starts: _Places, ends: _Places) -> Ranges:
    """Return the pieces from one edge to the address before another."""
    end_low = edges.low[ends] - _ONE
    end_high = edges.high[ends] - (edges.low[ends] == 0)
    return Ranges(edges.high[starts], edges.low[starts], end_high.astype(np.uint64), end_low)
