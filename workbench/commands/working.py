"""Commands of an officer: queue, show, decide, undo."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from connectors.provenance.places import find_places
from connectors.statable import statable_columns
from workbench.assess.rebuild import rebuild_current_findings
from workbench.commands.copies import print_copies, sources_as_json, versions_as_json
from workbench.commands.deadlines import (
    EXPIRES,
    days_left_text,
    print_countries,
    print_deadline,
    read_expires,
    unit_today,
)
from workbench.commands.places import places_as_json, print_places
from workbench.commands.terminal import (
    JsonOption,
    StoreOption,
    open_store,
    out,
    print_json,
    print_table,
)
from workbench.composition import know_working_days
from workbench.desk.copies.versions import compare_every_version
from workbench.desk.decisions import record_decision, undo_decision
from workbench.desk.queue import QueueFilter, QueueSort, Status, list_queue
from workbench.desk.referral import show_referral
from workbench.desk.shifts import next_shift_at


def queue(
    store: StoreOption = None,
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
    expires: Annotated[
        str, typer.Option(help=f"Only what expires: {', '.join(EXPIRES)}.", show_default=False)
    ] = "",
    status: Annotated[Status, typer.Option(help="Which of them.")] = "open",
    as_json: JsonOption = False,
) -> None:
    """Print the order of work.

    Example: workbench queue --limit 20 --expires week --status changed
    """
    chosen = QueueFilter(status=status, expires=read_expires(expires))
    now = datetime.now(UTC)
    with open_store(store) as (opened, settings):
        know_working_days(opened, settings)
        rows = list_queue(
            opened,
            chosen,
            QueueSort(),
            limit=limit,
            offset=0,
            today=unit_today(settings, now),
            language=settings.language,
            shift_at=next_shift_at(now, settings.shift_starts, settings.time_zone),
        )
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    print_table(
        ["report", "urgency", "can act", "days left", "ask by", "evidence", "provider", "what"],
        [
            [
                row.report_number or row.referral_id,
                row.urgency,
                row.actionability,
                days_left_text(row.days_left),
                row.ask_by_on if row.days_left is not None and row.days_left >= 0 else None,
                row.deadline_kind,
                row.provider,
                row.kind,
            ]
            for row in rows
        ],
    )


def show(referral: str, store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """Print everything known about one referral.

    Example: workbench show 991000602 --json
    """
    with open_store(store) as (opened, settings):
        know_working_days(opened, settings)
        today = unit_today(settings, datetime.now(UTC))
        statable, find = statable_columns(), find_places(settings.column_maps)
        view = show_referral(
            opened,
            referral,
            today=today,
            language=settings.language,
            statable=statable,
            find_places=find,
        )
        versions = compare_every_version(opened, view.versions, statable, find)
        shown = asdict(view)
        shown["places"] = places_as_json(view.places)
        shown["versions"] = versions_as_json(versions)
        shown["sources"] = sources_as_json(view.sources)
        rebuilt = rebuild_current_findings(opened, view.header.referral_id)
        shown["rebuilt_findings"] = [asdict(finding) for finding in rebuilt]
    if as_json:
        print_json(shown)
        return
    header = shown["header"]
    title = [
        header["report_number"] or header["referral_id"],
        header["provider"] or "provider not stated",
        f"urgency {header['urgency'] or 'not assessed'}",
        header["actionability"] or "not assessed",
    ]
    out.print("  ".join(title), style="bold", markup=False)
    print_deadline(view.deadline)
    print_countries(view.ip_events)
    print_table(
        ["axis", "outcome", "finding, and the rule it is of"],
        [
            [f["axis"], f["outcome"], f"{f['sentence']}\n{f['rule_id']} v{f['rule_version']}"]
            for f in shown["findings"]
        ],
    )
    print_copies(versions, view.sources)
    print_places(view.places)


def decide(
    referral: str,
    disposition: Annotated[str, typer.Option(help="imported, not_imported, ...")],
    by: Annotated[str, typer.Option("--by", help="The officer who decides.")],
    store: StoreOption = None,
    *,
    reason: Annotated[str | None, typer.Option(help="Why it is not imported.")] = None,
    note: Annotated[str | None, typer.Option(help="The officer's own words.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Record a decision.

    Example: workbench decide 991000602 --disposition not_imported --reason age_doubt --by A1
    """
    with open_store(store) as (opened, _):
        decision = record_decision(
            opened,
            referral,
            disposition=disposition,
            reason_code=reason,
            decided_by=by,
            note=note,
            now=datetime.now(UTC),
        )
    _print_decision(asdict(decision), as_json=as_json)


def undo(
    referral: str,
    by: Annotated[str, typer.Option("--by", help="The officer who takes it back.")],
    store: StoreOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Take back the decision that stands, by a further row.

    Example: workbench undo 991000602 --by A1
    """
    with open_store(store) as (opened, _):
        decision = undo_decision(opened, referral, decided_by=by, now=datetime.now(UTC))
    _print_decision(asdict(decision), as_json=as_json)


def _print_decision(decision: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(decision)
    else:
        standing = decision["disposition"] or "open again"
        out.print(f"{decision['referral_id']}: {standing}, by {decision['decided_by']}")
