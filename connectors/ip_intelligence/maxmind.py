"""MaxMind-format databases: country, city, network owner, anonymous addresses, and look-alikes."""

from collections.abc import Mapping
from io import BytesIO
from socket import AF_INET, AF_INET6, inet_ntop
from typing import Any, Final, NamedTuple, cast

import maxminddb
from maxminddb.decoder import Decoder
from maxminddb.reader import Metadata

from connectors.ip_intelligence.dates import date_of_seconds
from connectors.ip_intelligence.maxmind_tree import networks_of
from connectors.ip_intelligence.range_columns import RangeColumns
from connectors.ip_intelligence.roles import is_true, kind_of_flags, said_by
from workbench.errors import SourceLocation, UserError
from workbench.model.network_list import NetworkList

_MARK: Final = b"\xab\xcd\xefMaxMind.com"
_MARK_WITHIN: Final = 128 * 1024  # bytes from the end, by the format's definition
_MAPPED: Final = 0xFFFF << 32
_IPV4: Final = 1 << 32
_ZEROS: Final = 96  # bits before an IPv4 address in a tree of IPv6
_SEPARATOR: Final = 16  # bytes between the tree and the records, by the format's definition
_FLAGS: Final = ("tor", "vpn", "hosting")
# A damaged file may hold anything: the library then builds its description from wrong parts.
_DAMAGED: Final = (
    *(maxminddb.InvalidDatabaseError, OSError, RecursionError),
    *(ValueError, TypeError, LookupError, OverflowError),
)
# What records share is written once and read for each: towns with names in eight languages come to
# about one value a byte. A forged file leads every record to the same thousands of values.
_MOST_VALUES_A_BYTE: Final = 8
_SMALLEST_SIZE: Final = 1 << 16
_CHARACTERS_OF_A_VALUE: Final = 64
_LONGEST_TEXT: Final = 200
_COUNTRIES: Final = ("country", "registered_country", "represented_country")


def is_maxmind(content: bytes) -> bool:
    """Say whether the content is a MaxMind-format database."""
    return _MARK in content[-_MARK_WITHIN:]


def read_maxmind(name: str, content: bytes) -> NetworkList:
    """Read every network of a database; its build time is the list's date.

    Args:
        name: The file's name, for messages.
        content: The database.

    Raises:
        UserError: It is damaged, or says nothing of any network.
    """
    columns = RangeColumns()
    try:
        # The reader in Python: the other one does not survive every damaged file.
        with maxminddb.open_database(BytesIO(content), maxminddb.MODE_FD) as reader:
            says = reader.metadata()
        kind, as_of = str(says.database_type), date_of_seconds(int(says.build_epoch))
        records = _Records(content, says)
        tree = networks_of(content, says.node_count, says.record_size, says.ip_version)
        for first, length, pointer in tree:
            _add(columns, _Network.at(first, length, says.ip_version), records[pointer])
    except _DAMAGED as error:
        raise UserError(
            "The MaxMind-format file is damaged.",
            remedy="Fetch it again and compare its checksum.",
            location=SourceLocation(name),
        ) from error
    return columns.finish(name, f"maxmind {kind}"[:80], as_of)


class _Said(NamedTuple):
    """What a record says of its networks; `refusal` why it says nothing, and what to do."""

    kind: str | None = None
    owner: str | None = None
    country: str | None = None
    is_shared: bool = False
    refusal: tuple[str, str] | None = None


class _Rationed:
    """The bytes of a file, for a decoder that may read only so much of them in all."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._left = _MOST_VALUES_A_BYTE * max(len(content), _SMALLEST_SIZE)

    def __getitem__(self, at: int | slice) -> int | bytes:
        found = self._content[at]
        if isinstance(found, int):  # each value begins with one byte that says what it is
            self._left -= 1
        else:
            self._left -= len(found) // _CHARACTERS_OF_A_VALUE
        if self._left < 0:
            raise ValueError("The records come to more than a file of this size can hold.")
        return found


class _Records(dict[int, _Said]):
    """Pointer of the tree -> what its record says; many networks share one."""

    def __init__(self, content: bytes, says: Metadata) -> None:
        super().__init__()
        # The library only ever takes parts of its buffer.
        rationed = cast("bytes", _Rationed(content))
        self._decoder = Decoder(rationed, says.search_tree_size + _SEPARATOR)
        self._shift = says.search_tree_size - says.node_count

    def __missing__(self, pointer: int) -> _Said:
        record, _ = self._decoder.decode(pointer + self._shift)
        self[pointer] = said = _understood(record)
        return said


class _Network(NamedTuple):
    ends: tuple[int, int]
    written: str

    @classmethod
    def at(cls, first: int, length: int, ip_version: int) -> "_Network":
        """Return a network of the tree; what follows 96 zeros is IPv4."""
        is_ipv4 = ip_version == 4 or (first < _IPV4 and length >= _ZEROS)  # noqa: PLR2004 - IPv4
        if not is_ipv4:
            last = first + (1 << (128 - length)) - 1
            return cls((first, last), f"{inet_ntop(AF_INET6, first.to_bytes(16))}/{length}")
        length -= 0 if ip_version == 4 else _ZEROS  # noqa: PLR2004 - IPv4
        last = first + (1 << (32 - length)) - 1
        written = f"{inet_ntop(AF_INET, first.to_bytes(4))}/{length}"
        return cls((_MAPPED + first, _MAPPED + last), written)


def _add(columns: RangeColumns, network: _Network, said: _Said) -> None:
    if said.refusal is not None:
        columns.reject(network.written, *said.refusal)
        return
    columns.add(
        network.ends,
        network.written,
        kind=said.kind,
        owner=said.owner,
        country=said.country,
        is_shared=said.is_shared,
    )


def _understood(record: object) -> _Said:
    if not isinstance(record, Mapping):
        return _Said(refusal=("The entry is not a set of named values.", "Use another file."))
    traits = record.get("traits")
    said = said_by(record, traits if isinstance(traits, Mapping) else {})
    flags: dict[str, bool] = {flag: is_true(said[flag]) for flag in _FLAGS if flag in said}
    kind = kind_of_flags(flags)
    if flags and kind is None and not is_true(said.get("anonymous")) and len(said) == len(flags):
        return _Said(refusal=("The entry says only what the network is not.", "Nothing."))
    return _Said(
        kind=kind,
        owner=_owner(said),
        country=_country(record) or _text(said.get("country")),
        is_shared=is_true(said.get("shared")),
    )


def _owner(said: Mapping[str, Any]) -> str | None:
    number = said.get("asn")
    return _text(said.get("owner")) or (f"AS{number}" if isinstance(number, int) else _text(number))


def _country(record: Mapping[str, Any]) -> str | None:
    """Return the country where the address is used, else where it is registered."""
    for part in _COUNTRIES:
        value = record.get(part)
        if isinstance(value, Mapping) and isinstance(value.get("iso_code"), str):
            return _text(value["iso_code"])
    return None


def _text(value: object) -> str | None:
    return value[:_LONGEST_TEXT] if isinstance(value, str) else None
