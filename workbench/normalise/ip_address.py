"""Addresses: one spelling each, and the kinds that need no list to know."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from workbench.model.vocabulary import NetworkKind

_LONGEST_KEPT: Final = 100  # characters; with a zone and padding an address has fewer
_PADDED_OCTET: Final = re.compile(r"(?<![0-9A-Fa-f:])0+(?=[0-9])")
# RFC 6598: shared by a carrier's subscribers, so an address without a port names nobody.
_CARRIER_SHARED: Final = ip_network("100.64.0.0/10")
# RFC 1918, 3927, 4193 and 4291: inside somebody's own network, so no access provider can say whose.
_PRIVATE_USE: Final = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address; a text too long to be one as people write it is not kept in memory."""
    return _parse_kept(text) if len(text) <= _LONGEST_KEPT else _parse_kept.__wrapped__(text)


@lru_cache(maxsize=4_096)  # each address is asked about several times in a row
def _parse_kept(text: str) -> IPv4Address | IPv6Address | None:
    stripped = text.strip().removeprefix("[").removesuffix("]")
    before, colon, dotted = stripped.rpartition(":")
    if "." in dotted:
        # Zero-padded forms occur in police files; ipaddress refuses them as possibly octal.
        stripped = f"{before}{colon}{_PADDED_OCTET.sub('', dotted)}"
    try:
        address = ip_address(stripped.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped if mapped is not None else address


def normalise_ip_address(text: str) -> str | None:
    """Return one spelling per address: IPv6 compressed, IPv4-mapped as IPv4, padding removed.

    None when the text is not an address.
    """
    address = _parse(text)
    return None if address is None else str(address)


def network_kind_of(text: str) -> NetworkKind:
    """Return what the address's own range says: reserved, carrier (RFC 6598) or unknown.

    Source: IANA special-purpose address registries, as the standard library carries them.
    """
    address = _parse(text)
    if address is None:
        return NetworkKind.UNKNOWN
    if address in _CARRIER_SHARED:
        return NetworkKind.CARRIER
    return NetworkKind.UNKNOWN if address.is_global else NetworkKind.RESERVED


def is_private_use(text: str) -> bool | None:
    """Say whether the address exists only inside somebody's own network, where nobody can be asked.

    Documentation ranges are not private: invented referrals stand on them in place of real ones.
    None when the text is not an address.
    """
    address = _parse(text)
    return None if address is None else any(address in network for network in _PRIVATE_USE)
