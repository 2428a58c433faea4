"""The search tree of a MaxMind-format file is followed once before the library walks through it."""

import pytest

from connectors.ip_intelligence.maxmind_tree import refuse_no_tree

NOTHING = 200  # more than any node count here: a record that leads to no node
ZEROS = [(node + 1, NOTHING) for node in range(96)]  # of an IPv6 tree, to where IPv4 begins: 96


def written(nodes: list[tuple[int, int]], record_size: int) -> bytes:
    if record_size == 28:
        return b"".join(
            (left & 0xFFFFFF).to_bytes(3)
            + bytes([left >> 24 << 4 | right >> 24])
            + (right & 0xFFFFFF).to_bytes(3)
            for left, right in nodes
        )
    return b"".join(record.to_bytes(record_size // 8) for node in nodes for record in node)


def look(nodes: list[tuple[int, int]], ip_version: int, record_size: int = 24) -> None:
    refuse_no_tree(written(nodes, record_size), len(nodes), record_size, ip_version)


@pytest.mark.parametrize("record_size", [24, 28, 32])
def test_a_tree_is_let_through(record_size: int) -> None:
    look([(1, 2), (NOTHING, NOTHING), (NOTHING, 3), (NOTHING, NOTHING)], 4, record_size)


def test_where_ipv4_begins_may_be_led_to_again() -> None:
    aliased = [(left, 96) if node in (15, 80) else (left, right) for node, (left, right) in enumerate(ZEROS)]  # fmt: skip
    look([*aliased, (97, NOTHING), (NOTHING, NOTHING)], 6)


FORGED = {
    "each node led to twice": ([(1, 1), (2, 2), (NOTHING, NOTHING)], 4),
    "a node of itself": ([(0, NOTHING)], 4),
    "a node of its own children": ([(1, NOTHING), (NOTHING, 0)], 4),
    "deeper than an address": ([(node + 1, NOTHING) for node in range(40)] + [(NOTHING,) * 2], 4),
    "IPv4 of itself": ([*ZEROS, (96, NOTHING)], 6),
    "IPv4 of what it holds": ([*ZEROS, (97, NOTHING), (NOTHING, 96)], 6),
    "into the middle of IPv4": ([(1, 97), *ZEROS[1:], (97, NOTHING), (NOTHING, NOTHING)], 6),
    "no tree at all": ([], 4),
}


@pytest.mark.parametrize(("nodes", "ip_version"), FORGED.values(), ids=FORGED)
def test_a_forged_tree_is_refused(nodes: list[tuple[int, int]], ip_version: int) -> None:
    with pytest.raises(ValueError, match=r"tree|twice"):
        look(nodes, ip_version)
