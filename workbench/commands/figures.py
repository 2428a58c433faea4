"""Commands that count: statistics."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from rules.providers import load_provider_table
from workbench.commands.terminal import (
    JsonOption,
    StoreOption,
    err,
    open_store,
    out,
    print_json,
    print_table,
)
from workbench.export.workbook import write_import_rate_workbook
from workbench.statistics.import_rate import ImportRate, import_rate


def import_rate_(
    store: StoreOption = None,
    *,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As the figures stood that day.")
    ] = None,
    all_years: Annotated[
        bool, typer.Option("--all-years", help="Also years that ended less than 90 days ago.")
    ] = False,
    xlsx: Annotated[Path | None, typer.Option(help="Write a workbook.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Import rate by provider and year.

    Example: workbench statistics import-rate --xlsx rates.xlsx
    """
    with open_store(store) as (opened, settings):
        rate = import_rate(
            opened,
            as_of=as_of.date() if as_of else datetime.now(UTC).date(),
            provider_table=load_provider_table(settings.rules),
            all_years=all_years,
            time_zone=settings.time_zone,
        )
    if xlsx is not None:
        xlsx.write_bytes(write_import_rate_workbook(rate, settings.language))
        err.print(f"Wrote {xlsx}")
    if as_json:
        print_json(asdict(rate))
    else:
        _print_rate(rate)


def _print_rate(rate: ImportRate) -> None:
    years = [total.year for total in rate.totals]
    out.print(f"As of {rate.as_of}")
    by_provider: dict[str, list[str]] = {}
    for row in rate.rows:
        by_provider.setdefault(row.provider, []).extend([str(row.received), f"{row.percent:.1f} %"])
    columns = ["provider", *(name for year in years for name in (str(year), "imported"))]
    totals = [cell for t in rate.totals for cell in (str(t.received), f"{t.percent:.1f} %")]
    lines = [[name, *cells] for name, cells in by_provider.items()]
    print_table(columns, [*lines, ["Totalt", *totals]])
