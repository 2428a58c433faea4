"""How many referrals were received and imported, by provider and year: Kripos' Tables 1 and 2."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from workbench.model.rulebook import ProviderEntry
from workbench.store.connection import Store

REST_ROW = "Øvrige"
"""The row of every provider without a row of its own, named as published."""

_SETTLED_AFTER_DAYS = 90
"""Days after its end before a year is shown unasked: until then much of it waits undecided."""


@dataclass(frozen=True, slots=True)
class ImportRateRow:
    """One provider's year. `percent` has one decimal and is 0.0 where nothing was received."""

    provider: str
    year: int
    received: int
    imported: int
    percent: float


@dataclass(frozen=True, slots=True)
class ImportRateTotal:
    """One year. `ncmec_reports_globally` None: the published table gives none for this year."""

    year: int
    received: int
    imported: int
    percent: float
    ncmec_reports_globally: int | None


@dataclass(frozen=True, slots=True)
class ImportRate:
    """Both tables as of one day, rows by provider in published order and then by year.

    `left_out_years` had referrals but are not shown unasked: they had not ended 90 days or more
    before `as_of`, or none of their referrals had been decided.
    """

    as_of: date
    rows: tuple[ImportRateRow, ...]
    totals: tuple[ImportRateTotal, ...]
    left_out_years: tuple[int, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years shown, oldest first."""
        return tuple(total.year for total in self.totals)

    @property
    def providers(self) -> tuple[str, ...]:
        """The providers' rows in published order."""
        return tuple(dict.fromkeys(row.provider for row in self.rows))


class _Count(NamedTuple):
    received: int
    decided: int
    imported: int


_NOTHING = _Count(0, 0, 0)
_Counts = Mapping[tuple[str, int], _Count]  # by row of the table and year


def import_rate(
    store: Store,
    *,
    as_of: date,
    provider_table: Sequence[ProviderEntry],
    all_years: bool = False,
    time_zone: str = "Europe/Oslo",
) -> ImportRate:
    """Count referrals received and imported, each referral once, in the year it was received.

    Args:
        store: Where the referrals are.
        as_of: The last day that counts: what was received or decided later is left out.
        provider_table: Which canonical provider has a row of its own; any other counts as `Øvrige`.
        all_years: Also the years that `ImportRate.left_out_years` would name.
        time_zone: In which a year begins and a day ends.

    Source: the counting rule and layout of Kripos' NC3 report, 2022, tables 1 and 2.
    """
    provider_rows = _provider_rows(provider_table)
    counts = _count(store, as_of, provider_table, time_zone)
    years = sorted({year for _, year in counts})
    shown = [year for year in years if all_years or _is_settled(year, as_of, counts)]
    names = [*sorted(set(provider_rows.values()), key=str.casefold), REST_ROW]
    rows = [
        ImportRateRow(name, year, *_rate(counts.get((name, year), _NOTHING)))
        for name in names
        for year in shown
    ]
    return ImportRate(
        as_of=as_of,
        rows=tuple(rows),
        totals=tuple(_total(year, counts) for year in shown),
        left_out_years=tuple(year for year in years if year not in shown),
    )


def percent_of(imported: int, received: int) -> float:
    """Return the share in percent with one decimal, halves up; 0.0 where nothing was received.

    Whole numbers until the last step: 64.25 must not come out as 64.2 because of a binary fraction.
    """
    if received == 0:
        return 0.0
    tenths = (2 * 1000 * imported + received) // (2 * received)
    return tenths / 10


@cache
def ncmec_reports_globally() -> Mapping[int, int]:
    """Return year -> reports NCMEC received from the whole world, as published."""
    text = (files("workbench.statistics") / "ncmec_reports_globally.toml").read_text("utf-8")
    return {int(year): count for year, count in tomllib.loads(text)["reports"].items()}


def provider_row_params(provider_table: Sequence[ProviderEntry]) -> dict[str, object]:
    """Return which provider stands in which row of the table, as the statements take it."""
    provider_rows = _provider_rows(provider_table)
    return {
        "provider_names": list(provider_rows.keys()),
        "row_names": list(provider_rows.values()),
        "rest_row": REST_ROW,
    }


def published_row_of(provider: str, provider_table: Sequence[ProviderEntry]) -> str | None:
    """Return the row in which a provider is published; None: it has none of its own."""
    return _provider_rows(provider_table).get(provider)


def _provider_rows(provider_table: Sequence[ProviderEntry]) -> dict[str, str]:
    return {entry.name: entry.published_row for entry in provider_table if entry.published_row}


def _count(
    store: Store, as_of: date, provider_table: Sequence[ProviderEntry], time_zone: str
) -> _Counts:
    params = {
        **provider_row_params(provider_table),
        "day_after": as_of + timedelta(days=1),
        "time_zone": time_zone,
    }
    return {
        (row["provider"], row["year"]): _Count(row["received"], row["decided"], row["imported"])
        for row in store.rows("statistics/count_imported", params)
    }


def _year(counts: _Counts, wanted: int) -> _Count:
    found = [count for (_, year), count in counts.items() if year == wanted]
    return _Count(*map(sum, zip(*found, strict=True))) if found else _NOTHING


def _is_settled(year: int, as_of: date, counts: _Counts) -> bool:
    """Say whether a year's rate means something: it is over, and somebody decided some of it."""
    has_ended = date(year, 12, 31) + timedelta(days=_SETTLED_AFTER_DAYS) <= as_of
    return has_ended and _year(counts, year).decided > 0


def _rate(count: _Count) -> tuple[int, int, float]:
    return count.received, count.imported, percent_of(count.imported, count.received)


def _total(year: int, counts: _Counts) -> ImportRateTotal:
    return ImportRateTotal(
        year,
        *_rate(_year(counts, year)),
        ncmec_reports_globally=ncmec_reports_globally().get(year),
    )
