"""Reads a list of address ranges in whatever form it comes; what decides is its content."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import pyarrow as pa

from connectors.ip_intelligence.dates import date_of
from connectors.ip_intelligence.json_list import read_json
from connectors.ip_intelligence.maxmind import is_maxmind, read_maxmind
from connectors.ip_intelligence.packed import Part, is_web_page, unpacked, unusable
from connectors.ip_intelligence.places import countries_of_places, is_of_places
from connectors.ip_intelligence.plain_lines import (
    is_tor_exit_list,
    read_plain_lines,
    read_tor_exit_list,
)
from connectors.ip_intelligence.registries import (
    is_delegation,
    is_registry_objects,
    read_delegation,
    read_registry_objects,
)
from connectors.ip_intelligence.shipped import is_iporigin, read_iporigin
from connectors.ip_intelligence.table import layout_of, read_table
from connectors.tabular.csv_text import text_of
from workbench.errors import UserError
from workbench.model.network_list import MOST_REJECTIONS_LISTED, ListRejection, NetworkList
from workbench.model.record import SourceFile

_HEADER_BYTES: Final = 4_000  # in which a table names its columns


class _Packed(NamedTuple):
    """A file inside a packed file and what it says; `read` is an error where it is no list."""

    place: str
    read: NetworkList | UserError


def read_network_list(name: str, content: bytes, *, largest_bytes: int) -> NetworkList:
    """Read a list: MaxMind format, iporigin's table, JSON, Tor exit list, CSV or plain lines.

    Lists wrapped in gzip, tar or ZIP are read in memory, never unpacked to disk; several in one
    package, as MaxMind's CSV packages hold IPv4 and IPv6 apart, are one list. A list that does not
    say its date has the day that stands in its name or in that of its folder.

    Args:
        name: The file's name, for messages.
        content: What is in it.
        largest_bytes: More than this is not unpacked.

    Raises:
        UserError: It is none of these, damaged, too large, or holds no range.
    """
    parts = unpacked(name, content, largest_bytes)
    if len(parts) == 1:
        [part] = parts
        found = _read_part(name, part.content, {})
    else:
        found = _read_package(name, parts)
    if found.as_of is None:
        named = (day for text in (*(part.place for part in parts), name) if (day := date_of(text)))
        found = replace(found, as_of=next(named, None))
    return found


def _read_part(name: str, content: bytes, countries: Mapping[str, str]) -> NetworkList:
    if not content.strip():
        raise unusable(name, "The file is empty.")
    if is_maxmind(content):
        return read_maxmind(name, content)
    if is_iporigin(content):
        return read_iporigin(name, content)
    text = text_of(SourceFile(name, content, folder=""))
    if text is None:
        raise unusable(name, "The file is neither text nor a format of address lists we know.")
    return _read_text(name, text.removeprefix("\ufeff"), countries)


def _read_text(name: str, text: str, countries: Mapping[str, str]) -> NetworkList:
    if text.lstrip().startswith(("{", "[{", "[\n", "[ ", '["', "[\r", "[[")):
        return read_json(name, text)
    if is_tor_exit_list(text):
        return read_tor_exit_list(name, text)
    if is_delegation(text):
        return read_delegation(name, text)
    if is_registry_objects(text):
        return read_registry_objects(name, text)
    if is_web_page(text):
        raise unusable(name, "The file is a web page, as a failed download leaves it, not a list.")
    layout = layout_of(text.splitlines()[:1000])
    return read_table(name, text, layout, countries) if layout else read_plain_lines(name, text)


def _read_package(name: str, parts: Sequence[Part]) -> NetworkList:
    """Read every list of a package as one; a file that is none is refused by name."""
    places: list[tuple[str, str]] = []
    lists: list[Part] = []
    for part in parts:
        text = text_of(SourceFile(name, part.content[:_HEADER_BYTES], folder="")) or ""
        if is_of_places(text):
            whole = text_of(SourceFile(name, part.content, folder="")) or ""
            places.append((part.place, whole))
        else:
            lists.append(part)
    countries, unread = countries_of_places(places)
    read = [_Packed(part.place, _tried(name, part, countries)) for part in lists]
    good = [(place, one) for place, one in read if isinstance(one, NetworkList)]
    if not good:
        raise next(
            (one for _, one in read if isinstance(one, UserError)),
            unusable(name, "The package names places and no network."),
        )
    rejections = (
        unread
        + [
            ListRejection(f"{place}, {line.place}", line.reason, line.remedy)
            for place, one in good
            for line in one.rejections
        ]
        + [
            ListRejection(place, one.message, one.remedy)
            for place, one in read
            if isinstance(one, UserError)
        ]
    )
    formats = {one.source_format for _, one in good}
    return NetworkList(
        source_format="maxmind csv"
        if countries
        else formats.pop()
        if len(formats) == 1
        else "package",
        as_of=min((one.as_of for _, one in good if one.as_of), default=None),
        ranges=pa.concat_tables([one.ranges for _, one in good]),
        rejections=tuple(rejections[:MOST_REJECTIONS_LISTED]),
        rejected_count=sum(one.rejected_count for _, one in good)
        + len(unread)
        + len(read)
        - len(good),
    )


def _tried(name: str, part: Part, countries: Mapping[str, str]) -> NetworkList | UserError:
    try:
        return _read_part(name, part.content, countries)
    except UserError as error:
        return error
