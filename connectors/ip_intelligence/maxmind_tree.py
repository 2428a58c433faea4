"""The search tree of a MaxMind-format file, walked here and not by the library.

The library's faster reader writes past its own memory when a record is damaged, or when a forged
tree is deeper than an address is long; a tree of 32 nodes, each led to twice by the one before it,
gives both of its readers 2³² networks. Here each node is visited once, or the file is refused.
"""

from collections.abc import Callable, Iterator
from typing import Final

_IPV4_BEGINS_AT: Final = 96  # bits of an IPv6 address before the IPv4 address in it
_BITS: Final = {4: 32, 6: 128}


def _node_24(tree: bytes, at: int) -> tuple[int, int]:
    return int.from_bytes(tree[at : at + 3]), int.from_bytes(tree[at + 3 : at + 6])


def _node_28(tree: bytes, at: int) -> tuple[int, int]:
    left, right = int.from_bytes(tree[at : at + 3]), int.from_bytes(tree[at + 4 : at + 7])
    return (tree[at + 3] >> 4) << 24 | left, (tree[at + 3] & 15) << 24 | right


def _node_32(tree: bytes, at: int) -> tuple[int, int]:
    return int.from_bytes(tree[at : at + 4]), int.from_bytes(tree[at + 4 : at + 8])


_NODES: Final[dict[int, Callable[[bytes, int], tuple[int, int]]]] = {
    24: _node_24,
    28: _node_28,
    32: _node_32,
}


def networks_of(
    content: bytes, node_count: int, record_size: int, ip_version: int
) -> Iterator[tuple[int, int, int]]:
    """Yield first address, length of the prefix in bits, and record of every network, in order.

    The numbers are as the tree has them: a record is the node count and more, and the addresses of
    IPv4 follow 96 zeros in a tree of IPv6. Where they begin is led to again by prefixes that carry
    IPv4 in IPv6; that is passed over.

    Args:
        content: The file; the tree stands at its beginning.
        node_count: What the file says of itself.
        record_size: In bits; a node is two records.
        ip_version: 4 or 6.

    Raises:
        ValueError: A node is led to twice, or the tree is deeper than an address is long.
        LookupError: Sizes that the format does not have.
    """
    read, size, bits = _NODES[record_size], record_size // 4, _BITS[ip_version]
    if not 0 < node_count * size <= len(content):
        raise ValueError("The tree is longer than the file, or there is none.")
    ipv4 = _ipv4_node(content, node_count, record_size) if bits > _BITS[4] else node_count
    seen = bytearray(node_count)
    waiting = [(0, 0, 0)]  # node or record, its depth, the bits that lead to it
    while waiting:
        node, depth, path = waiting.pop()
        if node > node_count:
            yield path << (bits - depth), depth, node
        elif node < node_count:
            if node == ipv4 and (path or depth != _IPV4_BEGINS_AT):
                continue
            if seen[node]:
                raise ValueError("A node is led to twice.")
            if depth == bits:
                raise ValueError(f"The tree is deeper than {bits} bits.")
            seen[node] = 1
            left, right = read(content, node * size)
            waiting += ((right, depth + 1, path << 1 | 1), (left, depth + 1, path << 1))


def _ipv4_node(content: bytes, node_count: int, record_size: int) -> int:
    """Return where what follows 96 zeros begins; the node count or more: nowhere."""
    node = 0
    for _ in range(_IPV4_BEGINS_AT):
        if node < node_count:
            node, _ = _NODES[record_size](content, node * record_size // 4)
    return node
