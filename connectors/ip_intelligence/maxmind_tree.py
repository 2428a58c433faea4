"""A look at the search tree of a MaxMind-format file before anything walks through it.

A forged tree of 32 nodes, each led to twice by the one before it, has four milliards of networks,
and one that is deeper than an address is long makes the library write past its own memory. A real
one leads to each node once; only where IPv4 begins is led to again, by the prefixes that carry IPv4
in IPv6.
"""

from collections.abc import Callable
from typing import Final

_IPV4_BEGINS_AT: Final = 96  # bits of an IPv6 address before the IPv4 address in it
_BITS: Final = {4: 32, 6: 128}
_READ_NODE: Final[dict[int, Callable[[bytes, int], tuple[int, int]]]] = {
    24: lambda tree, at: (
        int.from_bytes(tree[at : at + 3]),
        int.from_bytes(tree[at + 3 : at + 6]),
    ),
    28: lambda tree, at: (
        (tree[at + 3] >> 4) << 24 | int.from_bytes(tree[at : at + 3]),
        (tree[at + 3] & 15) << 24 | int.from_bytes(tree[at + 4 : at + 7]),
    ),
    32: lambda tree, at: (
        int.from_bytes(tree[at : at + 4]),
        int.from_bytes(tree[at + 4 : at + 8]),
    ),
}


def refuse_no_tree(content: bytes, node_count: int, record_size: int, ip_version: int) -> None:
    """Follow every branch once.

    Args:
        content: The file; the tree stands at its beginning.
        node_count: What the file says of itself.
        record_size: In bits; a node is two records.
        ip_version: 4 or 6.

    Raises:
        ValueError: A node is led to twice, or the tree is deeper than an address is long.
        LookupError: Sizes that the format does not have.
    """
    tree = _Tree(content, node_count, record_size)
    bits = _BITS[ip_version]
    ipv4 = tree.ipv4_node() if bits > _BITS[4] else node_count
    tree.follow(0, bits, ipv4)
    if ipv4 < node_count:
        tree.follow(ipv4, _BITS[4], node_count)


class _Tree:
    def __init__(self, content: bytes, node_count: int, record_size: int) -> None:
        self._content = content
        self._node_count = node_count
        self._size = record_size // 4  # bytes of a node
        self._children = _READ_NODE[record_size]
        self._seen = bytearray(node_count)
        if not 0 < node_count * self._size <= len(content):
            raise ValueError("The tree is longer than the file.")

    def ipv4_node(self) -> int:
        """Return where what follows 96 zeros begins; the node count or more: nowhere."""
        node = 0
        for _ in range(_IPV4_BEGINS_AT):
            if node < self._node_count:
                node, _ = self._children(self._content, node * self._size)
        return node

    def follow(self, start: int, bits: int, passed_over: int) -> None:
        """Visit all below a node, level by level; `passed_over` is followed in its own turn."""
        seen, size, children = self._seen, self._size, self._children
        if seen[start]:
            raise ValueError("A node is led to twice.")
        seen[start] = 1
        level = [start]
        for _ in range(bits):
            following: list[int] = []
            for node in level:
                for child in children(self._content, node * size):
                    if child >= self._node_count or child == passed_over:
                        continue
                    if seen[child]:
                        raise ValueError("A node is led to twice.")
                    seen[child] = 1
                    following.append(child)
            level = following
        if level:
            raise ValueError(f"The tree is deeper than {bits} bits.")
