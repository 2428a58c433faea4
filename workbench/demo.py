"""The demonstration store: an invented archive and a live inbox dated relative to today."""

import hashlib
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from connectors.hash_list.reader import CsvHashList
from connectors.ip_intelligence.reader import read_network_list
from sample_data.archive import write_archive
from sample_data.geo_list import write_geo_list
from sample_data.hash_lists import write_hash_lists
from sample_data.inbox import write_inbox
from workbench.composition import take_in, understand
from workbench.enrich.hash_lists import HashListNote, load_hash_list
from workbench.enrich.networks import FeedOrigin, load_network_list
from workbench.errors import StoreError, UserError
from workbench.intake.importer import ReportProgress
from workbench.settings import Settings
from workbench.store.connection import Store
from workbench.store.migrate import schema_hash

_BY: Final = "demo"


def build_demo(
    settings: Settings, *, report_progress: ReportProgress, say: Callable[[str], None]
) -> str:
    """Build the demonstration store, or keep the one that was built today.

    A store is replaced only if the demonstration made it; if somebody worked in it, it is set aside
    under another name, and a store that the demonstration did not make is left alone.

    Returns:
        One sentence on what stands now.

    Raises:
        UserError: The store holds other work.
    """
    today = datetime.now(UTC).date()
    if _is_fresh(settings.store, today):
        return f"The demonstration built today stands in {settings.store}."
    _make_room(settings.store, say)
    with tempfile.TemporaryDirectory() as temporary:
        # Screens show where each value came from: the folder's name is read by people.
        folder = Path(temporary) / "demonstration"
        say("Inventing 32,220 archived referrals and an inbox of about 300 ...")
        paths = [write_archive(folder), write_inbox(folder, today=today)]
        with Store.open(settings.store) as store:
            sheet = take_in(
                store, paths, settings, imported_by=_BY, report_progress=report_progress
            )
            load_lists(store, folder / "lists", today)
            say("Assessing ...")
            summary = understand(store, settings)
    _marker(settings.store).write_text(
        json.dumps({"built_on": today.isoformat(), "schema": schema_hash()}), encoding="utf-8"
    )
    return (
        f"{sheet.read:,} read = {sheet.loaded:,} loaded + {sheet.new_versions} new versions + "
        f"{sheet.duplicates} duplicates + {sheet.rejected} rejected; "
        f"{summary.assessed:,} assessed. "
        f"The store is {settings.store}."
    )


def load_lists(store: Store, folder: Path, today: date) -> None:
    """Invent lists of the inbox's hashes and of its addresses' countries, and load them."""
    for made in write_hash_lists(folder, today=today):
        note = HashListNote(
            made.name, made.label, made.as_of, "stated", licence="invented", loaded_by=_BY
        )
        load_hash_list(store, CsvHashList(made.path), note, None)
    content = write_geo_list(folder, today=today).read_bytes()
    origin = FeedOrigin(
        kind="geo",
        name="Example countries",
        file_name="geo.csv",
        sha256=hashlib.sha256(content).hexdigest(),
        as_of=today - timedelta(days=12),
        as_of_basis="stated",
        licence="invented",
        loaded_by=_BY,
    )
    countries = read_network_list(origin.file_name, content, largest_bytes=len(content))
    load_network_list(store, origin, countries)


def _marker(store: Path) -> Path:
    """Return the file beside the store that says the demonstration made it."""
    return store.with_name(store.name + ".demo.json")


def _is_fresh(store: Path, today: date) -> bool:
    if not store.exists() or not _marker(store).exists():
        return False
    built = json.loads(_marker(store).read_text(encoding="utf-8"))
    return bool(built == {"built_on": today.isoformat(), "schema": schema_hash()})


def _make_room(path: Path, say: Callable[[str], None]) -> None:
    if not path.exists():
        return
    if not _marker(path).exists():
        raise UserError(
            f"{path} was not made by the demonstration.",
            remedy="Name another file with --store, or open this one with `workbench serve`.",
        )
    if _was_worked_in(path):
        kept = path.with_name(f"{path.stem}-until-{datetime.now(UTC):%Y%m%dT%H%M%S}{path.suffix}")
        path.rename(kept)
        say(f"Somebody worked in the earlier demonstration; it is kept as {kept}.")
    else:
        path.unlink()
    _marker(path).unlink()
    path.with_name(path.name + ".wal").unlink(missing_ok=True)


def _was_worked_in(path: Path) -> bool:
    """Say whether anybody decided or imported there; a store we cannot open counts as worked in."""
    try:
        with Store.open(path) as store:
            found = store.row("intake/show_foreign_work", {"demo_name": _BY})
    except StoreError:
        return True
    return found is None or bool(found["was_worked_in"])
