"""Commands that take referrals in, and what came of it: import, imports, assess."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from workbench.commands.terminal import (
    JsonOption,
    StoreOption,
    err,
    open_store,
    out,
    print_json,
    print_table,
    progress_bar,
    settings_for,
)
from workbench.composition import take_in, understand
from workbench.enrich.provider_names import NameForReview, list_names_for_review
from workbench.errors import StoreLockedError
from workbench.intake.count_sheet import CountSheet
from workbench.intake.imports import PastImport, find_import, list_imports, read_count_sheet
from workbench.intake.odd_characters import shown
from workbench.keeping.handing_over import import_through_screens
from workbench.settings import Settings
from workbench.store.connection import Store

_MOST_LISTED: Final = 1_000_000
_SUMS: Final = ("files", "read", "loaded", "new_versions", "duplicates", "rejected")


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders and ZIP packages.")],
    store: StoreOption = None,
    *,
    by: Annotated[str | None, typer.Option("--by", help="Who imports.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Load reports and print the count sheet.

    Example: workbench import inbox/ --json

    While `workbench serve` has the store open, its process does the import.

    Exit code: 0 nothing rejected, 20 some rejected, 21 nothing could be read.
    """
    by = shown(by) if by else None
    try:
        with open_store(store) as (opened, settings):
            with progress_bar("Importing") as show:
                sheet = take_in(opened, paths, settings, imported_by=by, report_progress=show)
            understand(opened, settings)
            names = list_names_for_review(opened)
    except StoreLockedError as locked:
        sheet, names = _import_through_screens(settings_for(store), paths, by, locked), []
    if as_json:
        print_json(sheet.as_json())
    else:
        _print_sheet(sheet, store)
        _print_names(names)
    raise typer.Exit(sheet.exit_code)


def _import_through_screens(
    settings: Settings, paths: list[Path], by: str | None, locked: StoreLockedError
) -> CountSheet:
    with progress_bar("Importing by the screens") as show:
        sheet = import_through_screens(settings.store, paths, imported_by=by, report_progress=show)
    if sheet is None:
        raise StoreLockedError(
            locked.message,
            remedy="Wait until the other command has ended, or name another --store. While "
            "`workbench serve` has the store open, it imports for this command, and from its "
            "drop folder (--watch).",
        ) from locked
    err.print("The screens have the store open; they imported.")
    return sheet


def imports(
    batch: Annotated[str | None, typer.Argument(help="One of them: its whole count sheet.")] = None,
    store: StoreOption = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=_MOST_LISTED, help="How many.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """List the imports that were made, newest first, and those that did not end.

    While `workbench serve` has the store open, its Import page lists them.

    Example: workbench imports --limit 5
    """
    with open_store(store) as (opened, _):
        if batch is not None:
            _show_import(opened, batch, store, as_json=as_json)
            return
        listed = list_imports(opened, imports_a_page=limit)
    if as_json:
        print_json([asdict(one) for one in listed.imports])
    else:
        _print_imports(listed.imports, listed.import_count)


def _show_import(opened: Store, batch_id: str, store: Path | None, *, as_json: bool) -> None:
    past = find_import(opened, batch_id)
    sheet = read_count_sheet(opened, past)
    if as_json:
        # Of one that has not ended nobody knows a sum.
        unknown = dict.fromkeys(_SUMS) if past.state != "ended" else {}
        print_json(sheet.as_json() | unknown | asdict(past))
    else:
        _print_past(past, sheet, store)


def _print_imports(listed: Sequence[PastImport], import_count: int) -> None:
    if not listed:
        out.print("Nothing has been imported yet: workbench import PATH")
        return
    heads = ["began", "by", "read", "loaded", "new versions", "duplicates", "rejected", "import"]
    print_table(heads, [_import_row(one) for one in listed])
    if import_count > len(listed):
        out.print(f"\n{import_count - len(listed):,} earlier ones: --limit {import_count}")


def _import_row(of: PastImport) -> list[Any]:
    began = f"{of.started_at:%Y-%m-%d %H:%M}"
    if of.state == "ended":
        counts = [of.loaded_count, of.new_version_count, of.duplicate_count, of.rejected_count]
        return [began, of.imported_by, of.read_count, *counts, of.batch_id]
    # Who has the store open here knows that nobody else is at work.
    return [began, of.imported_by, of.state, of.version_count, None, None, None, of.batch_id]


def _print_past(past: PastImport, sheet: CountSheet, store: Path | None) -> None:
    by = f" by {shown(past.imported_by)}" if past.imported_by else ""
    out.print(f"Import of {past.started_at:%Y-%m-%d %H:%M} UTC{by}", markup=False)
    if past.state == "ended":
        _print_sheet(sheet, store)
        return
    out.print(
        f"It was interrupted. {_kept(past.version_count)} Import the same again, unless that was "
        "done since: nothing is doubled."
    )
    _print_lists(sheet, store)


def _kept(version_count: int) -> str:
    if not version_count:
        return "Nothing of it is in the store."
    if version_count == 1:
        return "1 report or version of it is in the store, whole."
    return f"{version_count:,} reports and versions of it are in the store, each whole."


def _print_sum(sheet: CountSheet) -> None:
    out.print(
        f"{sheet.read} read = {sheet.loaded} loaded + {sheet.new_versions} new versions "
        f"+ {sheet.duplicates} duplicates + {sheet.rejected} rejected  ({sheet.files} files)"
    )


def _print_sheet(sheet: CountSheet, store: Path | None) -> None:
    _print_sum(sheet)
    _print_lists(sheet, store)
    if sheet.not_shown():  # its head is thousands of lines above
        out.print()
        _print_sum(sheet)


def _print_lists(sheet: CountSheet, store: Path | None) -> None:
    if sheet.warnings:
        out.print("\nTo look at", style="bold")
        for warning in sheet.warnings:
            out.print(f"⚠ {warning['message']}", markup=False)
    if sheet.rejections:
        out.print("\nRejected", style="bold")
        if "rejections" in sheet.not_shown() and sheet.rejected_codes:
            print_table(["reason", "how many"], [list(one) for one in sheet.codes_rejected()])
            out.print()
        rows = [[r["file"], r["location"], r["message"], r["remedy"]] for r in sheet.rejections]
        print_table(["file", "place", "why", "what to do"], rows)
        _print_not_shown(sheet, "rejections", store)
    if sheet.set_aside:
        out.print(f"\n{sheet.set_aside_count} set aside (not reports)", style="bold")
        if "set_aside" in sheet.not_shown():
            kinds = [[one.kind, one.count, one.byte_count] for one in sheet.kinds_set_aside()]
            print_table(["kind", "how many", "bytes"], kinds)
            out.print()
        print_table(
            ["file", "kind", "bytes"],
            [[a["file"], a["kind"], a["byte_count"]] for a in sheet.set_aside],
        )
        _print_not_shown(sheet, "set_aside", store)
    unread = sheet.unread_fields()
    if unread:
        out.print("\nFields nobody reads", style="bold")
        print_table(
            ["format", "field", "times"],
            [[u["source_format"], u["field"], u["count"]] for u in unread],
        )


def _print_not_shown(sheet: CountSheet, name: str, store: Path | None) -> None:
    """Say how many more there are and how to have them; the command stands on one line."""
    more = sheet.not_shown().get(name)
    if more is None:
        return
    out.print(
        f"\n{more.count:,} more are not shown. The store has every one; with the screens closed, "
        "this lists all:"
    )
    out.print(more.command(store), markup=False, highlight=False, soft_wrap=True)


def _print_names(names: list[NameForReview]) -> None:
    if names:
        out.print("\nProvider names to confirm", style="bold")
        rows = [[n.name_as_written, n.provider, n.matched_by, n.referral_count] for n in names]
        print_table(["as written", "taken as", "because", "referrals"], rows)


def assess(
    store: StoreOption = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also what has not changed.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Apply the rulebook.

    Example: workbench assess --all
    """
    with open_store(store) as (opened, settings):
        summary = understand(opened, settings, everything=everything)
    if as_json:
        print_json(asdict(summary))
    else:
        out.print(
            f"{summary.assessed} assessed in {summary.seconds:.1f} s "
            f"by rulebook {summary.rulebook_hash[:12]}"
        )
