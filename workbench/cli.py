"""The commands. Results go to stdout, everything else to stderr."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from rules.providers import load_provider_table
from rules.rulebook import load_rulebook
from workbench.assess.rebuild import rebuild_current_findings
from workbench.composition import check_rules, take_in, understand
from workbench.demo import build_demo
from workbench.desk.decisions import record_decision, undo_decision
from workbench.desk.queue import QueueFilter, QueueSort, list_queue
from workbench.desk.referral import show_referral
from workbench.enrich.provider_names import NameForReview, list_names_for_review
from workbench.errors import RulebookError, WorkbenchError
from workbench.export.workbook import write_import_rate_workbook
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import Progress as ImportProgress
from workbench.intake.importer import ReportProgress
from workbench.serve import serve_screens
from workbench.settings import Settings
from workbench.statistics.import_rate import ImportRate, import_rate
from workbench.store.audit import run_audits
from workbench.store.connection import Store

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Referral triage by metadata: every position in the queue explains itself.",
)
statistics_app = typer.Typer(no_args_is_help=True, help="Figures a unit leader can run again.")
rules_app = typer.Typer(no_args_is_help=True, help="The rulebook.")
app.add_typer(statistics_app, name="statistics")
app.add_typer(rules_app, name="rules")

out = Console()
err = Console(stderr=True)

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="The store's file; default from the settings.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Run a command; an error we know ends in one plain sentence and its own exit code."""
    try:
        app()
    except WorkbenchError as error:
        err.print(str(error), style="bold red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)


def _settings(store: Path | None) -> Settings:
    return Settings(store=store) if store else Settings()


@contextmanager
def _opened(path: Path | None) -> Iterator[tuple[Store, Settings]]:
    settings = _settings(path)
    with Store.open(settings.store) as store:
        yield store, settings


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, default=_plain, ensure_ascii=False, indent=2) + "\n")


def _plain(value: object) -> object:
    """Write what JSON has no word for: days and instants as ISO 8601, the rest as text."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _print_table(columns: list[str], rows: list[list[Any]]) -> None:
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*("" if cell is None else _printable(str(cell)) for cell in row))
    out.print(table, markup=False)


def _printable(text: str) -> str:
    """Show control and right-to-left marks as escapes: a report must not steer the terminal."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else f"\\u{ord(letter):04x}"
        for letter in text
    )


@contextmanager
def _progress_bar(title: str) -> Iterator[ReportProgress]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[reports]} reports, {task.fields[rate]:.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(title, total=1.0, reports=0, rate=0.0)

        def show(progress: ImportProgress) -> None:
            bar.update(
                task,
                completed=progress.fraction,
                reports=progress.reports,
                rate=progress.reports_per_second,
            )

        yield show


@app.command()
def demo(
    store: StoreOption = None,
    *,
    serve: Annotated[bool, typer.Option(help="Open the screens when the store is built.")] = True,
) -> None:
    """Build invented referrals and open the queue.

    Example: workbench demo --no-serve
    """
    settings = _settings(store)
    with _progress_bar("Loading invented referrals") as show:
        built = build_demo(settings, report_progress=show, say=err.print)
    err.print(built)
    if serve:
        officer = settings.officer or "demo"  # a stranger sees the queue, not the question who asks
        serve_screens(settings.model_copy(update={"officer": officer}), say=err.print)


@app.command()
def serve(store: StoreOption = None) -> None:
    """Open the screens on a store.

    Example: workbench serve --store unit.duckdb
    """
    serve_screens(_settings(store), say=err.print)


@app.command(name="import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders and ZIP packages.")],
    store: StoreOption = None,
    *,
    by: Annotated[str | None, typer.Option("--by", help="Who imports.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Load reports and print the count sheet.

    Example: workbench import inbox/ --json

    Exit code: 0 nothing rejected, 20 some rejected, 21 nothing could be read.
    """
    with _opened(store) as (opened, settings):
        with _progress_bar("Importing") as show:
            sheet = take_in(opened, paths, settings, imported_by=by, report_progress=show)
        understand(opened, settings)
        names = list_names_for_review(opened)
    if as_json:
        _print_json(sheet.as_json())
    else:
        _print_sheet(sheet)
        _print_names(names)
    raise typer.Exit(sheet.exit_code)


def _print_sheet(sheet: CountSheet) -> None:
    out.print(
        f"{sheet.read} read = {sheet.loaded} loaded + {sheet.new_versions} new versions "
        f"+ {sheet.duplicates} duplicates + {sheet.rejected} rejected  ({sheet.files} files)"
    )
    if sheet.rejections:
        out.print("\nRejected", style="bold")
        rows = [[r["file"], r["location"], r["message"], r["remedy"]] for r in sheet.rejections]
        _print_table(["file", "place", "why", "what to do"], rows)
    if sheet.set_aside:
        out.print(f"\n{len(sheet.set_aside)} set aside (not reports)", style="bold")
        _print_table(
            ["file", "kind", "bytes"],
            [[a["file"], a["kind"], a["byte_count"]] for a in sheet.set_aside],
        )
    unread = sheet.unread_fields()
    if unread:
        out.print("\nFields nobody reads", style="bold")
        _print_table(
            ["format", "field", "times"],
            [[u["source_format"], u["field"], u["count"]] for u in unread],
        )


def _print_names(names: list[NameForReview]) -> None:
    if names:
        out.print("\nProvider names to confirm", style="bold")
        rows = [[n.name_as_written, n.provider, n.matched_by, n.referral_count] for n in names]
        _print_table(["as written", "taken as", "because", "referrals"], rows)


@app.command()
def assess(
    store: StoreOption = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also what has not changed.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Apply the rulebook.

    Example: workbench assess --all
    """
    with _opened(store) as (opened, settings):
        summary = understand(opened, settings, everything=everything)
    if as_json:
        _print_json(asdict(summary))
    else:
        out.print(
            f"{summary.assessed} assessed in {summary.seconds:.1f} s "
            f"by rulebook {summary.rulebook_hash[:12]}"
        )


@app.command()
def queue(
    store: StoreOption = None,
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Print the order of work.

    Example: workbench queue --limit 20
    """
    with _opened(store) as (opened, settings):
        rows = list_queue(
            opened,
            QueueFilter(),
            QueueSort(),
            limit=limit,
            offset=0,
            today=datetime.now(UTC).date(),
            language=settings.language,
        )
    if as_json:
        _print_json([asdict(row) for row in rows])
        return
    _print_table(
        ["report", "urgency", "can act", "days left", "evidence", "provider", "what"],
        [
            [
                row.report_number or row.referral_id,
                row.urgency,
                row.actionability,
                "not known" if row.days_left is None else row.days_left,
                row.deadline_kind,
                row.provider,
                row.kind,
            ]
            for row in rows
        ],
    )


@app.command()
def show(referral: str, store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """Print everything known about one referral.

    Example: workbench show 991000602 --json
    """
    with _opened(store) as (opened, settings):
        today = datetime.now(UTC).date()
        view = show_referral(opened, referral, today=today, language=settings.language)
        shown = asdict(view)
        rebuilt = rebuild_current_findings(opened, view.header.referral_id)
        shown["rebuilt_findings"] = [asdict(finding) for finding in rebuilt]
    if as_json:
        _print_json(shown)
        return
    header = shown["header"]
    title = [
        header["report_number"] or header["referral_id"],
        header["provider"] or "provider not stated",
        f"urgency {header['urgency'] or 'not assessed'}",
        header["actionability"] or "not assessed",
    ]
    out.print("  ".join(title), style="bold", markup=False)
    _print_table(
        ["axis", "outcome", "finding", "rule"],
        [
            [f["axis"], f["outcome"], f["sentence"], f"{f['rule_id']} v{f['rule_version']}"]
            for f in shown["findings"]
        ],
    )


@app.command()
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
    with _opened(store) as (opened, _):
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


@app.command()
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
    with _opened(store) as (opened, _):
        decision = undo_decision(opened, referral, decided_by=by, now=datetime.now(UTC))
    _print_decision(asdict(decision), as_json=as_json)


def _print_decision(decision: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        _print_json(decision)
    else:
        standing = decision["disposition"] or "open again"
        out.print(f"{decision['referral_id']}: {standing}, by {decision['decided_by']}")


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over the views in schema analyst.")],
    store: StoreOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Run read-only SQL.

    Example: workbench query "SELECT count(*) FROM analyst.referral"
    """
    with _opened(store) as (opened, _):
        columns, rows = opened.query(sql)
    if as_json:
        _print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        _print_table(columns, [list(row) for row in rows])


@app.command()
def check(store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """Run the store's own audits; exit code 0 only when all hold.

    Example: workbench check
    """
    with _opened(store) as (opened, _):
        audits = run_audits(opened)
    if as_json:
        _print_json([asdict(audit) for audit in audits])
    else:
        rows = [["holds" if a.holds else "FAILS", a.name, a.offending_rows] for a in audits]
        _print_table(["", "audit", "offending rows"], rows)
    raise typer.Exit(0 if all(audit.holds for audit in audits) else 16)


@statistics_app.command(name="import-rate")
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
    with _opened(store) as (opened, settings):
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
        _print_json(asdict(rate))
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
    _print_table(columns, [*lines, ["Totalt", *totals]])


@rules_app.command(name="list")
def rules_list(store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """List the rulebook.

    Example: workbench rules list
    """
    settings = _settings(store)
    book = load_rulebook(settings.rules)
    if as_json:
        _print_json(asdict(book))
        return
    out.print(f"Rulebook {book.hash}")
    language = settings.language
    _print_table(
        ["rule", "version", "axis", "effect", "title"],
        [[r.id, r.version, r.axis, r.effect, r.wording[language].title] for r in book.rules],
    )


@rules_app.command(name="check")
def rules_check(store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """Check every rule, fact and example; exit code 13 on a fault.

    Example: workbench rules check
    """
    faults = check_rules(_settings(store))
    if as_json:
        _print_json([asdict(fault) for fault in faults])
    else:
        for fault in faults:
            out.print(str(fault), markup=False)
        err.print(f"{len(faults)} faults" if faults else "The rulebook holds.")
    if faults:
        raise typer.Exit(RulebookError.exit_code)
