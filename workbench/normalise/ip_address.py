"""Addresses: one spelling each, and the kinds that need no list to know."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from workbench.model.vocabulary import NetworkKind

_PADDED_OCTET: Final = re.compile(r"(?<![0-9A-Fa-f:])0+(?=[0-9])")
# RFC 6598: shared by a carrier's subscribers, so an address without a port names nobody.
_CARRIER_SHARED: Final = ip_network("100.64.0.0/10")
# RFC 5737 and 3849: no network uses them, so invented referrals live there and must behave as
# ordinary addresses do; nothing real can come from them.
_DOCUMENTATION: Final = tuple(
    ip_network(text)
    for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    stripped = text.strip().removeprefix("[").removesuffix("]")
    if ":" not in stripped:
        # Zero-padded forms occur in police files; ipaddress refuses them as possibly octal.
        stripped = _PADDED_OCTET.sub("", stripped)
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

    Documentation ranges are unknown, as an ordinary address is.

    Source: IANA special-purpose address registries, as the standard library carries them.
    """
    address = _parse(text)
    if address is None:
        return NetworkKind.UNKNOWN
    if address in _CARRIER_SHARED:
        return NetworkKind.CARRIER
    if any(address in network for network in _DOCUMENTATION):
        return NetworkKind.UNKNOWN
    return NetworkKind.UNKNOWN if address.is_global else NetworkKind.RESERVED
