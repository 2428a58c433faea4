"""An address seen at one moment, and what each list says of it: from which range, as of when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from workbench.assess.countries import country_code

_LAST_PORT: Final = 65535

# What sources that name several countries mean for the last day: "" where they name one or none.
CountriesSay = Literal["", "differ", "earliest", "not_known"]


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
class NcmecLookup:
    """What one of NCMEC's look-ups in the report says of an address; it is as old as the report."""

    country: str | None
    organization: str | None
    as_of: date | None
    source_path: str | None


@dataclass(frozen=True, slots=True)
class NamedCountry:
    """A country and who names it: a list of ours, or NCMEC's look-up where `list_name` is None."""

    country: str | None
    list_name: str | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class IpEventView:
    """One address seen at one moment, and what four sources say of it, kept apart.

    `is_possible_proxy` is the provider's claim and `ncmec_lookups` NCMEC's look-ups in the report,
    the first of it first; kind, country and owner are what our own lists say, each with its list
    and that list's date, None where none says it; `looked_up_at` None: not asked yet. `statements`
    holds every list, lists that disagree included.

    `last_on_country` is the country whose period ends on `last_on`; `is_country_assumed` None: the
    address has no clock of connection data.
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
    ncmec_lookups: tuple[NcmecLookup, ...]
    last_on: date | None
    last_on_country: str | None
    days_left: int | None
    is_country_assumed: bool | None
    source_path: str | None

    @property
    def needs_port(self) -> bool:
        """Whether the address is shared and no port is stated that can be one."""
        has_port = self.source_port is not None and 1 <= self.source_port <= _LAST_PORT
        return bool(self.is_shared) and not has_port

    @property
    def named_countries(self) -> tuple[NamedCountry, ...]:
        """Each country that our own lists name and each that NCMEC names, with the first to say so.

        The list whose country goes before what other lists say stands first.
        """
        lists = (NamedCountry(x.country, x.list_name, x.list_as_of) for x in self.statements)
        own = (NamedCountry(self.country, self.country_source, self.country_as_of), *lists)
        ncmec = (NamedCountry(x.country, None, x.as_of) for x in self.ncmec_lookups)
        first: dict[tuple[bool, str | None], NamedCountry] = {}
        for named in (*own, *ncmec):
            if named.country:
                first.setdefault((named.list_name is None, country_code(named.country)), named)
        return tuple(first.values())

    @property
    def countries_say(self) -> CountriesSay:
        """Whether sources name several countries, "Norway" and "NO" being one, and which counts.

        The country heard first says whether a last day is known; of all that are named the earliest
        day counts then.
        """
        if len({country_code(named.country) for named in self.named_countries} - {None}) <= 1:
            return ""
        if self.is_country_assumed is None:
            return "differ"
        return "not_known" if self.last_on is None else "earliest"


def ncmec_lookups(said: Sequence[Mapping[str, Any]] | None) -> tuple[NcmecLookup, ...]:
    """Return NCMEC's look-ups of an address as a store row holds them."""
    return tuple(NcmecLookup(**lookup) for lookup in said or ())


def network_statements(
    said: Sequence[Mapping[str, Any]] | None,
) -> tuple[NetworkStatement, ...]:
    """Return the statements as a store row holds them, the one that decided the kind first."""
    return tuple(NetworkStatement(**statement) for statement in said or ())
