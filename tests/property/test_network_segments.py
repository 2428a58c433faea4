"""Ranges cut into pieces say of each address what the smallest range around it says."""

from itertools import pairwise

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.enrich.network_segments import Ranges, cut, first_of_each

LOW = (1 << 64) - 1
# Around the ends of both halves, where a carry can go wrong, and where IPv4 stands.
BASES = (0, (1 << 64) - 8, 0xFFFF << 32, (1 << 128) - 32)
WINDOW = 31

Ends = tuple[int, int]


def ranges_of(ends: list[Ends]) -> Ranges:
    """Put ends into columns."""
    columns = (
        [a >> 64 for a, _ in ends],
        [a & LOW for a, _ in ends],
        [b >> 64 for _, b in ends],
        [b & LOW for _, b in ends],
    )
    return Ranges(*(np.array(column, np.uint64) for column in columns))


def most_specific(ends: list[Ends], key: int) -> int | None:
    """Look at every range: the smallest around the address, the first of equals."""
    around = [(b - a, place) for place, (a, b) in enumerate(ends) if a <= key <= b]
    return min(around)[1] if around else None


spans = st.tuples(st.integers(0, WINDOW), st.integers(0, WINDOW)).map(sorted).map(tuple)


@given(base=st.sampled_from(BASES), spans=st.lists(spans, max_size=9))
@example(base=BASES[3], spans=[(0, WINDOW), (WINDOW, WINDOW), (0, 0)])
def test_pieces_answer_as_a_look_at_every_range_does(base: int, spans: list[Ends]) -> None:
    ends = [(base + a, base + b) for a, b in spans]
    pieces = cut(ranges_of(ends))
    written = [
        ((int(sh) << 64) + int(sl), (int(eh) << 64) + int(el), int(place))
        for sh, sl, eh, el, place in zip(*pieces.ends, pieces.range_no, strict=True)
    ]
    assert all(one[0] <= one[1] for one in written)
    assert all(one[1] < other[0] for one, other in pairwise(written))
    for key in range(base, base + WINDOW + 1):
        said = [place for first, last, place in written if first <= key <= last]
        expected = most_specific(ends, key)
        assert said == ([] if expected is None else [expected])


@given(spans=st.lists(spans, max_size=12))
def test_of_equal_ranges_the_first_is_kept(spans: list[Ends]) -> None:
    kept = first_of_each(ranges_of(spans)).tolist()
    assert [spans[place] for place in kept] == list(dict.fromkeys(spans))
