"""Commands that look into the store: query, check."""

from dataclasses import asdict
from typing import Annotated

import typer

from workbench.commands.terminal import JsonOption, StoreOption, open_store, print_json, print_table
from workbench.store.audit import run_audits


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over the views in schema analyst.")],
    store: StoreOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Run read-only SQL.

    Example: workbench query "SELECT count(*) FROM analyst.referral"
    """
    with open_store(store) as (opened, _):
        columns, rows = opened.query(sql)
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, [list(row) for row in rows])


def check(store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """Run the store's own audits; exit code 0 only when all hold.

    Example: workbench check
    """
    with open_store(store) as (opened, _):
        audits = run_audits(opened)
    if as_json:
        print_json([asdict(audit) for audit in audits])
    else:
        rows = [["holds" if a.holds else "FAILS", a.name, a.offending_rows] for a in audits]
        print_table(["", "audit", "offending rows"], rows)
    raise typer.Exit(0 if all(audit.holds for audit in audits) else 16)
