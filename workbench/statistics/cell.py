"""The referrals behind a figure: which ones a cell of the table counts, and which stand in none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workbench.model.rulebook import ProviderEntry
from workbench.statistics.import_rate import provider_row_params
from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class CellReferral:
    """One referral that a cell counts, with the decision that stood at the end of the as-of day."""

    referral_id: str
    report_number: str | None
    provider: str | None
    received_at: datetime
    disposition: str | None
    reason_code: str | None
    decided_at: datetime | None


def list_cell(  # noqa: PLR0913 - which cell of which table, and which page of it
    store: Store,
    *,
    as_of: date,
    provider_table: Sequence[ProviderEntry],
    row_name: str | None,
    year: int,
    limit: int,
    offset: int,
    time_zone: str = "Europe/Oslo",
) -> list[CellReferral]:
    """Return one page of the referrals that `import_rate` counts as received in one cell.

    Args:
        store: Where the referrals are.
        as_of: As for `import_rate`; the counts agree for the same day.
        provider_table: As for `import_rate`.
        row_name: A row of the table; None means all of the year.
        year: A column of the table.
        limit: Rows on the page.
        offset: Rows before the page.
        time_zone: In which a year begins and a day ends.
    """
    params = {
        **provider_row_params(provider_table),
        "day_after": as_of + timedelta(days=1),
        "time_zone": time_zone,
        "row_name": row_name,
        "year": year,
        "row_limit": limit,
        "row_offset": offset,
    }
    return [CellReferral(**row) for row in store.rows("statistics/list_cell", params)]


def count_undated(store: Store, *, as_of: date, time_zone: str = "Europe/Oslo") -> int:
    """Count the referrals that nobody gave a received date, so that they stand in no year.

    Only those loaded up to the as-of day: when the others came nobody can say.
    """
    params = {"day_after": as_of + timedelta(days=1), "time_zone": time_zone}
    [row] = store.rows("statistics/count_undated", params)
    return int(row["undated"])
