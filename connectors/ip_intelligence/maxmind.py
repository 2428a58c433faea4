"""MaxMind-format databases: country, city, network owner, anonymous addresses, and look-alikes."""

from collections.abc import Mapping
from io import BytesIO
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Final

import maxminddb

from connectors.ip_intelligence.dates import date_of_seconds
from connectors.ip_intelligence.maxmind_tree import refuse_no_tree
from connectors.ip_intelligence.range_columns import RangeColumns
from connectors.ip_intelligence.roles import ROLE_OF, folded, is_true, kind_of_flags
from workbench.errors import SourceLocation, UserError
from workbench.model.network_list import NetworkList

_MARK: Final = b"\xab\xcd\xefMaxMind.com"
_MARK_WITHIN: Final = 128 * 1024  # bytes from the end, by the format's definition
_MAPPED: Final = 0xFFFF << 32
_FLAGS: Final = ("tor", "vpn", "hosting")
# A damaged file may hold anything: the library then builds its description from wrong parts.
_DAMAGED: Final = (
    *(maxminddb.InvalidDatabaseError, OSError, RecursionError),
    *(ValueError, TypeError, LookupError),
)
_COUNTRIES: Final = ("country", "registered_country", "represented_country")


def is_maxmind(content: bytes) -> bool:
    """Say whether the content is a MaxMind-format database."""
    return _MARK in content[-_MARK_WITHIN:]


def read_maxmind(name: str, content: bytes, path: Path | None) -> NetworkList:
    """Read every network of a database; its build time is the list's date.

    Args:
        name: The file's name, for messages.
        content: The database.
        path: The same database as a file, which is read several times as fast; None: there is none.

    Raises:
        UserError: It is damaged, or says nothing of any network.
    """
    columns = RangeColumns()
    try:
        with _opened(content, path) as reader:
            says = reader.metadata()
            refuse_no_tree(content, says.node_count, says.record_size, says.ip_version)
            kind, as_of = str(says.database_type), date_of_seconds(int(says.build_epoch))
            for network, record in reader:
                _add(columns, network, record)
    except _DAMAGED as error:
        raise UserError(
            "The MaxMind-format file is damaged.",
            remedy="Fetch it again and compare its checksum.",
            location=SourceLocation(name),
        ) from error
    return columns.finish(name, f"maxmind {kind}"[:80], as_of)


def _opened(content: bytes, path: Path | None) -> maxminddb.Reader:
    if path is not None:
        return maxminddb.open_database(path)
    return maxminddb.open_database(BytesIO(content), maxminddb.MODE_FD)


def _add(columns: RangeColumns, network: IPv4Network | IPv6Network, record: object) -> None:
    if not isinstance(record, Mapping):
        columns.reject(str(network), "The entry is not a set of named values.", "Use another file.")
        return
    said = _said_by(record)
    flags: dict[str, bool] = {flag: is_true(said[flag]) for flag in _FLAGS if flag in said}
    kind = kind_of_flags(flags)
    if flags and kind is None and not is_true(said.get("anonymous")) and len(said) == len(flags):
        columns.reject(str(network), "The entry says only what the network is not.", "Nothing.")
        return
    first = int(network.network_address)
    start = _MAPPED + first if network.version == 4 else first  # noqa: PLR2004 - IPv4
    columns.add(
        (start, start + network.num_addresses - 1),
        str(network),
        kind=kind,
        owner=_owner(said),
        country=_country(record) or _text(said.get("country")),
        is_shared=is_true(said.get("shared")),
    )


def _said_by(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return role -> value of the record and of its `traits`, the record's own words first."""
    traits = record.get("traits")
    said: dict[str, Any] = {}
    for part in (record, traits if isinstance(traits, Mapping) else {}):
        for key, value in part.items():
            role = ROLE_OF.get(folded(key))
            if role and not isinstance(value, Mapping | list):
                said[role] = said.get(role) or value
    return said


def _owner(said: Mapping[str, Any]) -> str | None:
    number = said.get("asn")
    return _text(said.get("owner")) or (f"AS{number}" if isinstance(number, int) else _text(number))


def _country(record: Mapping[str, Any]) -> str | None:
    """Return the country where the address is used, else where it is registered."""
    for part in _COUNTRIES:
        value = record.get(part)
        if isinstance(value, Mapping) and isinstance(value.get("iso_code"), str):
            return str(value["iso_code"])
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
