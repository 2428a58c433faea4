"""The search tree of a MaxMind-format file: each network once, or the file is refused."""

import pytest

from connectors.ip_intelligence.maxmind_tree import networks_of

NOTHING = 200  # a record: more than any node count here
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


def networks(
    nodes: list[tuple[int, int]], ip_version: int, record_size: int = 24
) -> list[tuple[int, int, int]]:
    return list(networks_of(written(nodes, record_size), len(nodes), record_size, ip_version))


@pytest.mark.parametrize("record_size", [24, 28, 32])
def test_every_network_comes_once_and_in_order(record_size: int) -> None:
    found = networks([(1, 2), (NOTHING, 4), (201, 3), (202, 203)], 4, record_size)
    assert found == [(0, 2, NOTHING), (2 << 30, 2, 201), (6 << 29, 3, 202), (7 << 29, 3, 203)]


def test_where_ipv4_begins_may_be_led_to_again_and_is_read_once() -> None:
    nodes = [(node + 1, 96 if node in (15, 80) else 98) for node in range(96)]
    nodes += [(97, 98), (201, 96)]
    assert networks(nodes, 6) == [(0, 98, 201)]


FORGED = {
    "each node led to twice": ([(1, 1), (2, 2), (NOTHING, NOTHING)], 4),
    "a node of itself": ([(0, NOTHING)], 4),
    "a node of its own children": ([(1, NOTHING), (NOTHING, 0)], 4),
    "deeper than an address": ([(node + 1, NOTHING) for node in range(40)] + [(NOTHING,) * 2], 4),
    "into the middle of IPv4": ([(1, 97), *ZEROS[1:], (97, NOTHING), (NOTHING, NOTHING)], 6),
    "no tree at all": ([], 4),
}


@pytest.mark.parametrize(("nodes", "ip_version"), FORGED.values(), ids=FORGED)
def test_a_forged_tree_is_refused(nodes: list[tuple[int, int]], ip_version: int) -> None:
    with pytest.raises(ValueError, match=r"tree|twice"):
        networks(nodes, ip_version)
