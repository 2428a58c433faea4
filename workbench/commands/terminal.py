"""What every command shares: its options, its store, and how it writes to the terminal."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from workbench.commands.tables import write_table
from workbench.intake.importer import Progress as ImportProgress
from workbench.intake.importer import ReportProgress
from workbench.settings import Settings, read_settings
from workbench.store.connection import Store

out = Console()
err = Console(stderr=True)

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="The store's file; default from the settings.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_for(store: Path | None) -> Settings:
    """Return the settings; a store named on the command line wins."""
    return read_settings(store=store) if store else read_settings()


@contextmanager
def open_store(path: Path | None) -> Iterator[tuple[Store, Settings]]:
    """Open the store that the command line or the settings name, for the length of a command."""
    settings = settings_for(path)
    with Store.open(settings.store) as store:
        yield store, settings


def print_json(value: object) -> None:
    """Write a result to stdout as JSON."""
    sys.stdout.write(json.dumps(value, default=_plain, ensure_ascii=False, indent=2) + "\n")


def _plain(value: object) -> object:
    """Write what JSON has no word for: days and instants as ISO 8601, the rest as text."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def print_table(columns: list[str], rows: list[list[Any]]) -> None:
    """Write a result to stdout as a table; no cell is cut, however narrow the terminal."""
    cells = [["" if cell is None else _printable(str(cell)) for cell in row] for row in rows]
    write_table(out, columns, cells)


def _printable(text: str) -> str:
    """Show control and right-to-left marks as escapes: a report must not steer the terminal."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else f"\\u{ord(letter):04x}"
        for letter in text
    )


@contextmanager
def progress_bar(title: str) -> Iterator[ReportProgress]:
    """Show how far an import is, with rate and time left, on stderr."""
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
                description=f"{progress.files_found:,} files found"
                if progress.is_finding
                else title,
                completed=progress.fraction,
                reports=progress.reports,
                rate=progress.reports_per_second,
            )

        yield show


@contextmanager
def bytes_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far a copy is, on stderr."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
