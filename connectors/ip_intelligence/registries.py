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
_DAY: Final = 2  # place of the day in the first line
_NETWORK: Final = re.compile(
    r"^(?:inetnum|inet6num|netrange|route6?):[ \t]*\S", re.IGNORECASE | re.MULTILINE
)
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
        if cells[0][:1].isdigit():  # the first line speaks of the file
            as_of = date_of(cells[_DAY]) if len(cells) > _DAY else None
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
    if kind != "ipv4" or start is None or not size.isdigit() or not int(size):
        raise NotARangeError("The line names neither IPv4 addresses nor an IPv6 prefix.")
    end = start[0] + int(size) - 1
    octets = (end & 0xFFFF_FFFF).to_bytes(4)
    written = f"{first}-{'.'.join(map(str, octets))}"
    return range_of(written), written


def is_registry_objects(text: str) -> bool:
    """Say whether the text is a part of a registry's database, or its answer to a question."""
    return _NETWORK.search(text[:200_000]) is not None


def read_registry_objects(name: str, text: str) -> NetworkList:
    """Read the networks of a registry's objects, with their names and countries.

    Raises:
        UserError: It holds none.
    """
    columns = RangeColumns()
    for number, said in _objects(text):
        written = next((said[key] for key in _OBJECT_NETWORK if key in said), None)
        if written is None:
            continue  # of a person, a route's maintainer, ...
        owner = next((said[key] for key in _OBJECT_OWNER if said.get(key)), None)
        try:
            columns.add(range_of(written), written, owner=owner, country=said.get("country"))
        except NotARangeError as error:
            columns.reject(f"line {number}", str(error))
    return columns.finish(name, "registry objects", None)


def _objects(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line where an object begins, and its first value of each name."""
    said: dict[str, str] = {}
    begins = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        name, colon, value = line.partition(":")
        if not line.strip():
            if said:
                yield begins, said
            said = {}
        elif colon and line[0].isalpha():
            if not said:
                begins = number
            said.setdefault(name.strip().lower(), value.strip())
