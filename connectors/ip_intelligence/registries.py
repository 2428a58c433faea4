"""What the regional registries publish: delegation statistics, and their databases as objects."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from connectors.ip_intelligence.addresses import Ends, NotARangeError, key_of, range_of
from connectors.ip_intelligence.dates import date_of
from connectors.ip_intelligence.range_columns import RangeColumns
from workbench.model.network_list import NetworkList

if TYPE_CHECKING:
    from datetime import date

_DELEGATION: Final = re.compile(
    r"^(?:\d(?:\.\d+)?\|)?(?:ripencc|arin|apnic|lacnic|afrinic|iana|nro)\|", re.IGNORECASE
)
_FIELDS: Final = 7  # registry, country, kind, first, size, date, status
_HEADER: Final = re.compile(r"\d(?:\.\d+)?")  # version, with which the first line begins
_END, _SERIAL = 5, 2  # places in the first line; older files have a day for a serial number
_LONGEST_SIZE: Final = 10  # digits
_IPV4: Final = 1 << 32
_NETWORK: Final = re.compile(
    r"^(?:inetnum|inet6num|netrange|route6?):[ \t]*\S", re.IGNORECASE | re.MULTILINE
)
# A name before its value; a group of an IPv6 address is none.
_ATTRIBUTE: Final = re.compile(
    r"(?![0-9a-f]{1,4}:)(?P<name>[a-z][\w-]*)[ \t]*:(?P<value>.*)", re.IGNORECASE
)
_REMARK: Final = ("%", "#")
_CONTINUED: Final = (" ", "\t", "+")
_OBJECT_NETWORK: Final = ("inetnum", "inet6num", "netrange", "route", "route6")
_OBJECT_OWNER: Final = ("org-name", "orgname", "netname", "descr", "origin")


def is_delegation(text: str) -> bool:
    """Say whether the text is in the form of the registries' delegation statistics."""
    lines = (line.strip() for line in text[:10_000].splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return _DELEGATION.match(first) is not None


def read_delegation(name: str, text: str) -> NetworkList:
    """Read who was given which addresses: the country is that of the holder.

    Raises:
        UserError: It holds no range.
    """
    columns = RangeColumns()
    as_of: date | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        cells = line.strip().split("|")
        if not line.strip() or line.startswith("#") or cells[-1] == "summary":
            continue
        if _HEADER.fullmatch(cells[0]):  # the first line speaks of the file
            days = (date_of(cells[place]) for place in (_END, _SERIAL) if place < len(cells))
            as_of = next(filter(None, days), None)
            continue
        if len(cells) < _FIELDS:
            columns.reject(f"line {number}", "The line has fewer fields than the form.")
            continue
        _, country, kind, first, size, *_ = cells
        if kind == "asn":
            continue
        try:
            columns.add(*_delegated(kind, first, size), country=country)
        except NotARangeError as error:
            columns.reject(f"line {number}", str(error))
    return columns.finish(name, "registry delegations", as_of)


def _delegated(kind: str, first: str, size: str) -> tuple[Ends, str]:
    """Return ends and how to write them: IPv4 with a count of addresses, IPv6 with a prefix."""
    if kind == "ipv6":
        return range_of(f"{first}/{size}"), f"{first}/{size}"
    start = key_of(first)
    is_count = size.isascii() and size.isdigit() and len(size) <= _LONGEST_SIZE
    if kind != "ipv4" or start is None or not is_count or not int(size):
        raise NotARangeError("The line names neither IPv4 addresses nor an IPv6 prefix.")
    end = start[0] % _IPV4 + int(size) - 1
    if end >= _IPV4:
        raise NotARangeError("The line counts more addresses than follow its first.")
    octets = end.to_bytes(4)
    written = f"{first}-{'.'.join(map(str, octets))}"
    return range_of(written), written


def is_registry_objects(text: str) -> bool:
    """Say whether the text is a part of a registry's database, or its answer to a question."""
    head = text[:200_000]
    lines = (line for line in head.splitlines() if line.strip() and not line.startswith(_REMARK))
    return _ATTRIBUTE.match(next(lines, "")) is not None and _NETWORK.search(head) is not None


def read_registry_objects(name: str, text: str) -> NetworkList:
    """Read the networks of a registry's objects, with their names and countries.

    Raises:
        UserError: It holds none.
    """
    columns = RangeColumns()
    for number, said in _objects(text, columns):
        written = next((said[key] for key in _OBJECT_NETWORK if key in said), None)
        if written is None:
            continue  # of a person, a route's maintainer, ...
        owner = next((said[key] for key in _OBJECT_OWNER if said.get(key)), None)
        try:
            columns.add(range_of(written), written, owner=owner, country=said.get("country"))
        except NotARangeError as error:
            columns.reject(f"line {number}", str(error))
    return columns.finish(name, "registry objects", None)


def _objects(text: str, columns: RangeColumns) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line where an object begins, and its first value of each name.

    A blank line ends an object, and so does a second network: lines picked out of a database have
    no blank ones. What is no part of an object is refused.
    """
    said: dict[str, str] = {}
    begins = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.startswith(_REMARK) or (said and line.strip() and line.startswith(_CONTINUED)):
            continue
        found = _ATTRIBUTE.match(line)
        name = found["name"].lower() if found else ""
        is_second = name in _OBJECT_NETWORK and not said.keys().isdisjoint(_OBJECT_NETWORK)
        if said and (is_second or not line.strip()):
            yield begins, said
            said = {}
        if found:
            begins = begins if said else number
            said.setdefault(name, found["value"].partition("#")[0].strip())
        elif line.strip():
            columns.reject(f"line {number}", "The line is no part of a registry's object.")
