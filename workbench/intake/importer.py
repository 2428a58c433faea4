"""Import: paths -> count sheet. Reading streams, here or elsewhere; writing goes by batches."""

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import uuid4

import pyarrow as pa

from workbench.errors import RecordRejectedError, StoreError
from workbench.intake.batch import Batch
from workbench.intake.count_sheet import CountSheet
from workbench.intake.found import FoundFiles, find_files
from workbench.intake.odd_characters import shown
from workbench.intake.packages import PACKED
from workbench.intake.piece import Piece
from workbench.intake.progress import Clock, Progress, ReportProgress
from workbench.intake.reader_pool import ReaderPool
from workbench.intake.reading import UnitReader
from workbench.intake.recipe import Recipe
from workbench.intake.remote_reader import Setup
from workbench.intake.sources import read_head
from workbench.intake.units import cut
from workbench.intake.work import work_of
from workbench.model.record import Connector
from workbench.settings import Settings
from workbench.store.connection import Store, usable_cores
from workbench.store.scratch import scratch

__all__ = ["Progress", "ReportProgress", "import_paths"]

# Starting processes takes about as long as reading this much.
_WORTH_STARTING: Final = 40_000_000
_WORK_OF_ANY_FILE: Final = 5_000
_MANY: Final = _WORTH_STARTING // _WORK_OF_ANY_FILE  # entries of a folder
# The one that writes keeps up with about so many that read; more would take memory for nothing.
_MOST_READERS: Final = 4
# Reading such a file can take many times its size, which only a process gives back, and only a
# process can be stopped when it takes too long.
_LARGE_FILE: Final = 1024 * 1024


def import_paths(  # noqa: PLR0913 - one import names all it needs
    store: Store,
    paths: Sequence[Path],
    *,
    connectors: Sequence[Connector],
    settings: Settings,
    recipe: Recipe | None = None,
    imported_by: str | None = None,
    report_progress: ReportProgress = lambda _: None,
) -> CountSheet:
    """Read files, folders and packages and load what is new.

    Args:
        store: Where to.
        paths: Files and folders; a folder is read with everything below it.
        connectors: The formats, in the order in which they are asked.
        settings: Limits, batch size, and how many processes may read.
        recipe: How another process makes the same connectors; without it, reading happens here.
        imported_by: Who asked; None when nobody is known.
        report_progress: Called a few times a second.

    Returns:
        The count sheet, which is also kept in the store.

    Raises:
        StoreError: The store refused a batch; what was written before it stays, whole.
    """
    batch_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
    sheet = CountSheet(batch_id, most_listed=settings.limits.rejections_listed)
    loader, clock = _Loader(store, sheet, settings.batch_size), Clock(report_progress)
    limits = settings.largest_file_bytes, settings.batch_size
    readers = closing(ReaderPool(Setup(recipe, batch_id, *limits))) if recipe else nullcontext()
    with _on_record(store, sheet, imported_by), scratch() as notes, readers as pool:
        if pool and _is_surely_long(paths):
            pool.start(_most_readers(settings))
        found = find_files(notes, paths, clock.found)  # while the processes start
        clock.start(found.byte_count)
        if pool and (size := _reader_count(found, settings)):
            pool.start(size)
            with store.sparing(), closing(pool), closing(found):
                _load(pool.pieces(cut(found), clock.tick), loader, clock)
        else:
            reader = UnitReader(connectors, batch_id, *limits, settings.limits)
            _load_alone(reader, found, loader, clock)
        clock.finish(sheet.read)
    return sheet


@contextmanager
def _on_record(store: Store, sheet: CountSheet, imported_by: str | None) -> Iterator[None]:
    """Keep that an import began, and after the block its sheet.

    One that is interrupted has its row as well: what it brought is in the store.
    """
    began = {
        "batch_id": sheet.batch_id,
        "started_at": datetime.now(UTC),
        "imported_by": shown(imported_by) if imported_by else None,
    }
    store.gate.import_at_work = sheet.batch_id  # before anybody can find its row
    try:
        with store.transaction():
            store.run("intake/begin_import", began)
        yield
        _keep_sheet(store, sheet)
    finally:
        store.gate.import_at_work = None


def _is_surely_long(paths: Sequence[Path]) -> bool:
    """Say whether a folder holds so much that its files need not be known to see that it pays."""
    return any(map(_holds_many, paths))


def _holds_many(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(islice(entries, _MANY - 1, None), None) is not None
    except OSError:  # a file, or one that looking for its files will say more about
        return False


def _most_readers(settings: Settings) -> int:
    """Return how many processes read a long import; 0: it reads by itself."""
    count = settings.readers or min(usable_cores(), _MOST_READERS)
    return count if count > 1 else 0


def _reader_count(found: FoundFiles, settings: Settings) -> int:
    """Return how many processes shall read; none when starting them costs more than it gives."""
    most = _most_readers(settings)
    if settings.readers:
        return most
    if most and (count := _files_worth_starting_for(found)):
        return min(most, count)
    is_any_long = any(file.byte_count > _LARGE_FILE for file in found)
    # By what they begin with: a package is opened whatever its name says.
    return 1 if is_any_long or any(read_head(f).startswith(PACKED) for f in found) else 0


def _files_worth_starting_for(found: FoundFiles) -> int:
    """Return how many files there are, or enough of them; 0 when all are soon read."""
    count = work = 0
    for count, file in enumerate(found, 1):
        work += work_of(file) + _WORK_OF_ANY_FILE
        if work > _WORTH_STARTING and count >= _MOST_READERS:
            return count
    return count if work > _WORTH_STARTING else 0


def _load_alone(reader: UnitReader, found: FoundFiles, loader: "_Loader", clock: Clock) -> None:
    with _without_looking_for_cycles():
        _load((piece for unit in cut(found) for piece in reader.pieces(unit)), loader, clock)


def _load(pieces: Iterable[Piece], loader: "_Loader", clock: Clock) -> None:
    for piece in pieces:
        loader.take(piece)
        clock.saw(piece)
    loader.finish()


@contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """Keep Python from searching files and rows for cycles, of which finding and reading make none.

    It would go through all that is held, thousands of times; that took a fifth of an import.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Loader:
    """Counts what reading gives and writes it in batches."""

    def __init__(self, store: Store, sheet: CountSheet, batch_size: int) -> None:
        self._store = store
        self._sheet = sheet
        self._batch_size = batch_size
        self._batch = Batch(sheet.batch_id)

    def take(self, piece: Piece) -> None:
        """Count a piece; write when there is enough for a transaction."""
        sheet = self._sheet
        sheet.read += piece.record_count
        sheet.files += piece.file_count
        for source_format, path, count in piece.unread:
            sheet.unread.add(source_format, path, count)
        self._batch.add(piece)
        self._batch.put_on_list("set_aside", [sheet.put_aside(one) for one in piece.set_aside])
        self._reject(piece.rejections)
        if self._batch.is_enough(self._batch_size):
            self._write()

    def finish(self) -> None:
        """Write what is waiting, and what is known only now."""
        self._write()
        self._batch.put_on_list("rejections", self._sheet.end_file())
        self._write()

    def _reject(self, errors: Iterable[RecordRejectedError]) -> None:
        entries = [entry for error in errors for entry in self._sheet.reject(error)]
        self._batch.put_on_list("rejections", entries)

    def _write(self) -> None:
        if self._batch.is_empty:
            return
        outcome = self._batch.write(self._store, loaded_at=datetime.now(UTC))
        self._sheet.loaded += outcome.loaded
        self._sheet.new_versions += outcome.new_versions
        self._sheet.duplicates += outcome.duplicates
        self._batch = Batch(self._sheet.batch_id)
        self._sheet.read -= len(outcome.refused)  # a rejection counts as read by itself
        self._reject(outcome.refused)
        pa.default_memory_pool().release_unused()


def _keep_sheet(store: Store, sheet: CountSheet) -> None:
    with store.transaction():
        store.run(
            "intake/end_import",
            {
                "batch_id": sheet.batch_id,
                "finished_at": datetime.now(UTC),
                "file_count": sheet.files,
                "read_count": sheet.read,
                "loaded_count": sheet.loaded,
                "new_version_count": sheet.new_versions,
                "duplicate_count": sheet.duplicates,
                "rejected_count": sheet.rejected,
            },
        )
        _keep_rows(store, sheet, "unread_fields", sheet.unread_fields())
        reasons = [{"code": code, "report_count": n} for code, n in sheet.codes_rejected()]
        _keep_rows(store, sheet, "rejected_counts", reasons)
    if not sheet.adds_up:  # kept all the same: it shows what is missing
        raise StoreError("The import's numbers do not add up; please report this as a defect.")


def _keep_rows(
    store: Store, sheet: CountSheet, name: str, rows: Sequence[Mapping[str, object]]
) -> None:
    listed = [{**row, "batch_id": sheet.batch_id} for row in rows]
    if listed:
        with store.columns("staged_row", pa.Table.from_pylist(listed)):
            store.run(f"intake/add_{name}")
