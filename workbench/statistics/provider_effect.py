"""What a ruling about a provider name would change in the published table, before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.model.rulebook import ProviderEntry
from workbench.statistics.import_rate import (
    REST_ROW,
    ImportRateRow,
    import_rate,
    percent_of,
    published_row_of,
)
from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class Moved:
    """Referrals with the written name, received in one year, and how many of them were imported."""

    year: int
    received: int
    imported: int


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One row and year of the published table, as it is and as it would be."""

    before: ImportRateRow
    after: ImportRateRow


@dataclass(frozen=True, slots=True)
class RulingEffect:
    """What a ruling moves. `rows` is empty when both providers stand in the same row."""

    moved: tuple[Moved, ...]
    rows: tuple[EffectRow, ...]

    @property
    def referral_count(self) -> int:
        """How many referrals change their provider."""
        return sum(moved.received for moved in self.moved)


def ruling_effect(  # noqa: PLR0913 - a question names all it asks about
    store: Store,
    name_as_written: str,
    *,
    from_provider: str,
    to_provider: str,
    as_of: date,
    provider_table: Sequence[ProviderEntry],
    time_zone: str = "Europe/Oslo",
) -> RulingEffect:
    """Work out what it would change if a written name stood for another provider.

    Args:
        store: Where the referrals are.
        name_as_written: The name the ruling is about.
        from_provider: What it stands for now.
        to_provider: What it would stand for.
        as_of: The last day that counts.
        provider_table: Which provider has a row of its own.
        time_zone: In which a year begins and a day ends.
    """
    found = store.rows(
        "statistics/count_provider_name",
        {
            "name_as_written": name_as_written,
            "day_after": as_of + timedelta(days=1),
            "time_zone": time_zone,
        },
    )
    moved = tuple(Moved(**row) for row in found)
    leaves = published_row_of(from_provider, provider_table) or REST_ROW
    joins = published_row_of(to_provider, provider_table) or REST_ROW
    if leaves == joins:
        return RulingEffect(moved, ())
    rate = import_rate(
        store, as_of=as_of, provider_table=provider_table, all_years=True, time_zone=time_zone
    )
    cells = {(row.provider, row.year): row for row in rate.rows}
    rows = [
        EffectRow(cells[name, year.year], _changed(cells[name, year.year], year, sign))
        for name, sign in ((leaves, -1), (joins, 1))
        for year in moved
        if (name, year.year) in cells
    ]
    return RulingEffect(moved, tuple(rows))


def _changed(row: ImportRateRow, moved: Moved, sign: int) -> ImportRateRow:
    received = row.received + sign * moved.received
    imported = row.imported + sign * moved.imported
    return ImportRateRow(row.provider, row.year, received, imported, percent_of(imported, received))
