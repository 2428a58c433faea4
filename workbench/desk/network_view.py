"""An address seen at one moment, and what each list says of it: from which range, as of when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

_LAST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class NetworkStatement:
    """What one list says of an address.

    `kind` None: the list speaks of country and owner only. `list_as_of` None: the list has no date
    that anybody knows; `list_as_of_basis` says whose date it is: stated (by who loaded it),
    in_file, file_date or not_known.
    """

    kind: str | None
    list_kind: str
    list_name: str
    list_as_of: date | None
    list_as_of_basis: str
    matched_range: str
    owner: str | None
    country: str | None
    is_shared: bool


@dataclass(frozen=True, slots=True)
class IpEventView:
    """One address seen at one moment, and what four sources say of it, kept apart.

    `is_possible_proxy` is the provider's claim and `ncmec_...` NCMEC's look-up in the report; kind,
    country and owner are what our own lists say, each with its list and that list's date, None
    where none says it; `looked_up_at` None: not asked yet. `statements` holds every list, lists
    that disagree included.
    """

    ip_event_no: int | None
    party_no: int | None
    file_no: int | None
    ip_address: str | None
    ip_address_as_written: str | None
    event_name: str | None
    occurred_at: datetime | None
    occurred_at_as_written: str | None
    occurred_at_zone_stated: bool | None
    source_port: int | None
    is_possible_proxy: bool | None
    network_kind: str | None
    kind_source: str | None
    kind_as_of: date | None
    kind_range: str | None
    is_shared: bool | None
    country: str | None
    country_source: str | None
    country_as_of: date | None
    network_owner: str | None
    owner_source: str | None
    owner_as_of: date | None
    statements: tuple[NetworkStatement, ...]
    looked_up_at: datetime | None
    ncmec_country: str | None
    ncmec_organization: str | None
    ncmec_as_of: date | None
    ncmec_source_path: str | None
    last_on: date | None
    days_left: int | None
    is_country_assumed: bool | None
    source_path: str | None

    @property
    def needs_port(self) -> bool:
        """Whether the address is shared and no port is stated that can be one."""
        has_port = self.source_port is not None and 1 <= self.source_port <= _LAST_PORT
        return bool(self.is_shared) and not has_port


def network_statements(
    said: Sequence[Mapping[str, Any]] | None,
) -> tuple[NetworkStatement, ...]:
    """Return the statements as a store row holds them, the one that decided the kind first."""
    return tuple(NetworkStatement(**statement) for statement in said or ())
