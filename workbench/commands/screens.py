"""Commands that open the screens: demo, serve."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.commands.terminal import StoreOption, err, progress_bar, settings_for
from workbench.demo import build_demo
from workbench.errors import UserError
from workbench.serve import serve_screens


def demo(
    store: StoreOption = None,
    *,
    serve: Annotated[bool, typer.Option(help="Open the screens when the store is built.")] = True,
) -> None:
    """Build invented referrals and open the queue.

    Example: workbench demo --no-serve
    """
    settings = settings_for(store)
    with progress_bar("Loading invented referrals") as show:
        built = build_demo(settings, report_progress=show, say=err.print)
    err.print(built)
    if serve:
        officer = settings.officer or "demo"  # a stranger sees the queue, not the question who asks
        serve_screens(settings.model_copy(update={"officer": officer}), say=err.print)


def serve(
    store: StoreOption = None,
    *,
    watch: Annotated[
        Path | None, typer.Option("--watch", help="A drop folder: import what is put there.")
    ] = None,
) -> None:
    """Open the screens on a store.

    Example: workbench serve --store unit.duckdb --watch inbox
    """
    settings = settings_for(store)
    if watch is not None:
        settings = settings.model_copy(update={"drop_folder": watch})
    if settings.drop_folder is not None and not settings.drop_folder.is_dir():
        raise UserError(
            f"There is no folder {settings.drop_folder} to watch.", remedy="Make it first."
        )
    serve_screens(settings, say=err.print)
