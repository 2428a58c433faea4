"""Commands that keep the store safe: backup, restore."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from workbench.commands.terminal import (
    JsonOption,
    StoreOption,
    bytes_bar,
    err,
    out,
    print_json,
    settings_for,
)
from workbench.keeping.backup import make_backup
from workbench.keeping.restore import restore_backup

_AUDITS_FAIL = 16  # as of `workbench check`


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    store: StoreOption = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a backup of that name.")
    ] = False,
    within: Annotated[
        float, typer.Option("--within", help="Seconds to wait for the screens.", min=1.0)
    ] = 120.0,
    as_json: JsonOption = False,
) -> None:
    """Write a verified copy of the store; the screens may be open.

    Example: workbench backup /media/safe/unit-2026-11-22.backup

    Exit code: 0 also says that all audits hold in it; 16 that the store has one that does not.
    """
    settings = settings_for(store)
    with bytes_bar("Backup") as show:
        made = make_backup(
            settings.store, file, replace=replace, seconds=within, say=_say, tell=show
        )
    if as_json:
        print_json({"backup": str(file), **made.model_dump()})
    else:
        out.print(
            f"{file}: {made.referrals:,} referrals, {made.decisions:,} decisions, "
            f"{made.byte_count:,} bytes, sha256 {made.sha256}",
            soft_wrap=True,
            highlight=False,
        )
        out.print("It holds personal data: keep it as you keep the store.")
    _complain_about(made.failing_audits)


def restore(
    file: Annotated[Path, typer.Argument(help="A file made by `workbench backup`.")],
    store: StoreOption = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also when the store there has newer rows.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a store of a backup; the store that stood there is kept aside.

    Example: workbench restore unit-2026-11-22.backup --store unit.duckdb

    Exit code: 0 also says that all audits hold; 16 that one does not.
    """
    settings = settings_for(store)
    with bytes_bar("Restore") as show:
        restored = restore_backup(file, settings.store, replace=replace, say=_say, tell=show)
    failing = [audit.name for audit in restored.audits if not audit.holds]
    if as_json:
        print_json(
            {
                "store": str(restored.store),
                "kept_aside": str(restored.kept_aside) if restored.kept_aside else None,
                "manifest": restored.manifest.model_dump(),
                "audits": [asdict(audit) for audit in restored.audits],
            }
        )
    else:
        out.print(
            f"{restored.store}: {restored.manifest.referrals:,} referrals, "
            f"{restored.manifest.decisions:,} decisions, as of {restored.manifest.made_at}",
            soft_wrap=True,
            highlight=False,
        )
        if restored.kept_aside:
            out.print(
                f"What stood there is kept as {restored.kept_aside}.",
                soft_wrap=True,
                highlight=False,
            )
    _complain_about(failing)


def _say(sentence: str) -> None:
    err.print(sentence, highlight=False)


def _complain_about(failing: list[str]) -> None:
    if failing:
        err.print(f"Audits that do not hold: {', '.join(failing)}", style="bold red")
        raise typer.Exit(_AUDITS_FAIL)
