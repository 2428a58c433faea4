"""The lists that come with the workbench: IANA's registries, and the ranges iporigin ships."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from socket import AF_INET, AF_INET6, inet_ntop
from struct import Struct, error
from typing import Final

from connectors.ip_intelligence.addresses import range_of
from connectors.ip_intelligence.dates import date_of_seconds
from connectors.ip_intelligence.range_columns import RangeColumns
from workbench.errors import SourceLocation, UserError
from workbench.model.network_list import NetworkList, ShippedList

_MARK: Final = b"IPORIGIN"
_HEADER: Final = Struct("<8sHQHII")  # mark, format, built at, labels, IPv4 ranges, IPv6 ranges
_LABEL_LENGTH: Final = Struct("<H")
_IPV4: Final = Struct("<4s4sH")
_IPV6: Final = Struct("<16s16sH")
_MAPPED: Final = 0xFFFF << 32
# Its content networks and crawlers are machines in data centres, so no subscriber's line.
_KINDS: Final = {
    "hosting": "hosting",
    "cdn": "hosting",
    "bot": "hosting",
    "vpn": "vpn",
    "tor": "tor",
}

# IANA's special-purpose address registries (RFC 6890 and its updates), without those parts that
# are reachable all over the world.
_REGISTRY_AS_OF: Final = date(2026, 11, 22)
_REGISTRY: Final = (
    ("0.0.0.0/8", "This network (RFC 791)"),
    ("10.0.0.0/8", "Private use (RFC 1918)"),
    ("100.64.0.0/10", "Shared address space of carriers (RFC 6598)"),
    ("127.0.0.0/8", "Loopback (RFC 1122)"),
    ("169.254.0.0/16", "Link local (RFC 3927)"),
    ("172.16.0.0/12", "Private use (RFC 1918)"),
    ("192.0.2.0/24", "Documentation (RFC 5737)"),
    ("192.168.0.0/16", "Private use (RFC 1918)"),
    ("198.18.0.0/15", "Benchmarking (RFC 2544)"),
    ("198.51.100.0/24", "Documentation (RFC 5737)"),
    ("203.0.113.0/24", "Documentation (RFC 5737)"),
    ("240.0.0.0/4", "Reserved (RFC 1112)"),
    ("::/128", "Unspecified address (RFC 4291)"),
    ("::1/128", "Loopback (RFC 4291)"),
    ("64:ff9b:1::/48", "Local translation (RFC 8215)"),
    ("100::/64", "Discard only (RFC 6666)"),
    ("2001::/32", "Teredo tunnels (RFC 4380)"),
    ("2001:2::/48", "Benchmarking (RFC 5180)"),
    ("2001:db8::/32", "Documentation (RFC 3849)"),
    ("3fff::/20", "Documentation (RFC 9637)"),
    ("5f00::/16", "Segment routing (RFC 9602)"),
    ("fc00::/7", "Private use (RFC 4193)"),
    ("fe80::/10", "Link local (RFC 4291)"),
    ("ff00::/8", "Multicast (RFC 4291)"),
)
_SHARED: Final = "100.64.0.0/10"


@cache
def shipped_lists() -> tuple[ShippedList, ...]:
    """Return the lists that every store gets; their ranges are read only when asked for."""
    packed = (files("iporigin") / "data" / "ranges.bin").read_bytes()
    registry = "\n".join(f"{written} {purpose}" for written, purpose in _REGISTRY)
    return (
        ShippedList(
            name="IANA special-purpose address registries",
            kind="reserved",
            file_name="IANA special-purpose address registries",
            licence="public registry",
            sha256=sha256(registry.encode()).hexdigest(),
            read=_read_registry,
        ),
        ShippedList(
            name="iporigin",
            kind="several",
            file_name=f"iporigin {version('iporigin')}",
            licence="MIT; sources in the package's NOTICE",
            sha256=sha256(packed).hexdigest(),
            read=cache(lambda: read_iporigin("iporigin", packed)),
        ),
    )


def _read_registry() -> NetworkList:
    columns = RangeColumns()
    for written, _ in _REGISTRY:
        is_shared = written == _SHARED
        kind = "carrier" if is_shared else "reserved"
        columns.add(range_of(written), written, kind=kind, is_shared=is_shared)
    return columns.finish("IANA registries", "registry", _REGISTRY_AS_OF)


def is_iporigin(content: bytes) -> bool:
    """Say whether the content is the packed table of the iporigin package."""
    return content.startswith(_MARK)


def read_iporigin(name: str, content: bytes) -> NetworkList:
    """Read the packed table; each range says its own kind, the build day is the list's date.

    Raises:
        UserError: It is damaged or in a format we do not know.
    """
    columns = RangeColumns()
    special = [range_of(written) for written, _ in _REGISTRY]
    try:
        _, form, built_at, label_count, ipv4_count, ipv6_count = _HEADER.unpack_from(content)
        # A format we do not know has no labels that we can read.
        labels, place = _labels(content, label_count if form == 1 else 0)
        for start, end, written, label in _ranges(content, place, ipv4_count, ipv6_count):
            provider, kind = labels[label]
            if start > end:
                columns.reject(written, "The range ends before it begins.")
            elif any(first <= start and end <= last for first, last in special):
                # A provider's feed named documentation ranges; the package passes over them too.
                columns.reject(written, "The range is reserved by IANA.", "Nothing.")
            else:
                columns.add((start, end), written, kind=_KINDS[kind], owner=provider)
    except (error, ValueError, LookupError) as cause:
        raise UserError(
            "The packed range table is damaged or of a newer format.",
            remedy="Install iporigin again.",
            location=SourceLocation(name),
        ) from cause
    return columns.finish(name, "iporigin", date_of_seconds(built_at))


def _labels(content: bytes, count: int) -> tuple[list[tuple[str, str]], int]:
    """Return provider and kind by number, and the place where the ranges begin."""
    place = _HEADER.size
    labels = []
    for _ in range(count):
        (length,) = _LABEL_LENGTH.unpack_from(content, place)
        place += _LABEL_LENGTH.size
        provider, _, kind = content[place : place + length].decode().partition("\t")
        labels.append((provider, kind))
        place += length
    return labels, place


def _ranges(
    content: bytes, place: int, ipv4_count: int, ipv6_count: int
) -> Iterator[tuple[int, int, str, int]]:
    ipv6_place = place + ipv4_count * _IPV4.size
    for start, end, label in _IPV4.iter_unpack(content[place:ipv6_place]):
        # IPv4 stands there as little-endian numbers.
        first, last = start[::-1], end[::-1]
        written = f"{inet_ntop(AF_INET, first)}-{inet_ntop(AF_INET, last)}"
        yield _MAPPED + int.from_bytes(first), _MAPPED + int.from_bytes(last), written, label
    end_place = ipv6_place + ipv6_count * _IPV6.size
    for first, last, label in _IPV6.iter_unpack(content[ipv6_place:end_place]):
        written = f"{inet_ntop(AF_INET6, first)}-{inet_ntop(AF_INET6, last)}"
        yield int.from_bytes(first), int.from_bytes(last), written, label
