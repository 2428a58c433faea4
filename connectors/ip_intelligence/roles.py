"""What a column or field of a list means, by the names that lists in use give it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

_PUNCTUATION: Final = re.compile(r"[^a-z0-9]+")

# Role -> names, the most telling first: an organisation's name says more than a description.
_NAMES: Final[Mapping[str, str]] = {
    "network": "network cidr prefix range ip_range iprange ip_prefix ipv4_prefix ipv6_prefix "
    "ipv4prefix ipv6prefix subnet netblock ip_network network_cidr ip_cidr cidr_block "
    "inetnum route "
    "route6 block net nett nettverk ip ip_address ipaddress address addr adresse ipv4 ipv6 "
    "exit_address "
    "exit_ip exitip entryip ipv4_addr_in ipv6_addr_in host",
    "start": "start start_ip startip ip_start ipstart range_start first first_ip firstip "
    "ip_first from "
    "ip_from ipfrom begin begin_ip start_address start_addr network_start network_start_ip "
    "low ip_low "
    "fra start_ip_int start_int ip_range_start",
    "end": "end end_ip endip ip_end ipend range_end last last_ip lastip ip_last to ip_to ipto stop "
    "end_address end_addr network_end network_end_ip high ip_high til end_ip_int end_int "
    "ip_range_end",
    "mask": "prefix_length prefixlen prefix_len mask netmask subnet_mask masklen mask_length bits "
    "cidr_bits length",
    "owner": "provider owner operator vpn_provider hosting_provider network_owner organisation "
    "organization org org_name as_name asname as_org as_organization asn_name asn_org isp isp_name "
    "autonomous_system_organization company company_name carrier carrier_name service vpn hosting "
    "holder name tilbyder eier netname description descr",
    "asn": "asn as as_number asnumber as_num autonomous_system_number aut_num origin",
    "country": "country_code countrycode country_iso_code country_iso iso_code iso cc country land "
    "landkode country_name countryname registered_country",
    # Numbers whose countries stand in another file: where the network is used goes before where it
    # is registered, as the country of a MaxMind database does.
    "place": "geoname_id registered_country_geoname_id",
    "shared": "cgnat cgn is_cgnat is_cgn is_shared shared carrier_grade_nat carrier_nat is_nat nat "
    "natted delt",
    "tor": "is_tor_exit_node is_tor",
    "vpn": "is_anonymous_vpn is_vpn is_public_proxy is_proxy is_residential_proxy",
    "hosting": "is_hosting_provider is_hosting is_datacenter",
    "anonymous": "is_anonymous",
    "type": "proxy_type usage_type",
}
ROLE_OF: Final[Mapping[str, str]] = {
    name: role for role, names in _NAMES.items() for name in names.split()
}
_RANK: Final[Mapping[str, int]] = {
    name: rank for names in _NAMES.values() for rank, name in enumerate(names.split())
}
# How lists of proxies name what a range is used for.
_KIND_OF_TYPE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("vpn", "pub", "web", "res", "cpn", "epn", "proxy"), "vpn"),
    **dict.fromkeys(("dch", "ses", "cdn", "hosting", "datacenter"), "hosting"),
    "tor": "tor",
}
_TEXTS: Final = frozenset({"owner", "country"})  # `"vpn": true` names nobody
_LONGEST_TEXT: Final = 1_000
_TRUE: Final = frozenset({"1", "true", "t", "yes", "y", "ja", "x"})


def folded(name: str) -> str:
    """Return a column's name in lower case, words joined by underscores."""
    return _PUNCTUATION.sub("_", name.strip().lower()).strip("_")


def roles_of(names: Sequence[str]) -> dict[str, list[int]]:
    """Return role -> the columns that have it, the most telling first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for column, name in enumerate(names):
        role = ROLE_OF.get(folded(name))
        if role:
            found.setdefault(role, []).append((_RANK[folded(name)], column))
    return {role: [column for _, column in sorted(ranked)] for role, ranked in found.items()}


def said_by(*parts: Mapping[Any, Any]) -> dict[str, Any]:
    """Return role -> value of a record with named values; what it says of a network is left out.

    Args:
        parts: The record, and those inside it that speak of the same. The first goes first, and in
            each the most telling name that says anything: a country's code before its name.
    """
    said: dict[str, Any] = {}
    for part in parts:
        told = [key for key in part if isinstance(key, str) and folded(key) in ROLE_OF]
        for key in sorted(told, key=lambda key: _RANK[folded(key)]):
            role, value = ROLE_OF[folded(key)], part[key]
            if role != "network" and _can_say(role, value):
                said[role] = said.get(role) or _cut(value)
    return said


def _cut(value: object) -> object:
    """Cut a text that is too long to say anything: whatever stands inside asks for it again."""
    return value[:_LONGEST_TEXT] if isinstance(value, str) else value


def _can_say(role: str, value: object) -> bool:
    if role in _TEXTS:
        return isinstance(value, str)
    return value is not None and not isinstance(value, Mapping | list)


def is_header(cells: Sequence[str]) -> bool:
    """Say whether a line names columns, one of them a network or both ends of a range."""
    roles = roles_of(cells)
    return "network" in roles or {"start", "end"} <= roles.keys()


def is_true(value: object) -> bool:
    """Say whether a written or parsed value means yes."""
    return value is True or (isinstance(value, int | str) and str(value).strip().lower() in _TRUE)


def kind_of_flags(said: Mapping[str, bool]) -> str | None:
    """Return what a range's own flags call it, the first of tor, vpn and hosting; None: no word."""
    return next((kind for kind in ("tor", "vpn", "hosting") if said.get(kind)), None)


def kind_of_type(written: str) -> str | None:
    """Return the kind that a word for the use of a range stands for; None: none of ours."""
    return _KIND_OF_TYPE.get(written.strip().lower())
