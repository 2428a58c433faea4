"""Import: paths -> count sheet. Reading streams; writing goes batch by batch."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pyarrow as pa

from workbench.errors import RecordRejectedError, StoreError
from workbench.intake.batch import Batch, check_record
from workbench.intake.count_sheet import CountSheet
from workbench.intake.folders import FileOpened, FolderReader, ReadEvent
from workbench.intake.sources import find_folders
from workbench.model.record import Connector, SetAside, SourceRecord
from workbench.settings import Settings
from workbench.store.connection import Store

_FILES_IN_A_BATCH = 10_000
_BYTES_IN_A_BATCH = 64 * 1024 * 1024  # of files; a batch of huge reports would not fit in memory


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. `total_bytes` is the size on disk; packages unpack to more."""

    done_bytes: int
    total_bytes: int
    reports: int
    seconds: float

    @property
    def fraction(self) -> float:
        """Part done, 0 to 1."""
        return min(self.done_bytes / self.total_bytes, 1.0) if self.total_bytes else 1.0

    @property
    def reports_per_second(self) -> float:
        """Rate so far; 0 at the beginning."""
        return self.reports / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time left at this rate; None while nothing is done."""
        return self.seconds * (1 - self.fraction) / self.fraction if self.fraction else None


ReportProgress = Callable[[Progress], None]


def import_paths(  # noqa: PLR0913 - one import names all it needs
    store: Store,
    paths: Sequence[Path],
    *,
    connectors: Sequence[Connector],
    settings: Settings,
    imported_by: str | None = None,
    report_progress: ReportProgress = lambda _: None,
) -> CountSheet:
    """Read files, folders and packages and load what is new.

    Args:
        store: Where to.
        paths: Files and folders; a folder is read with everything below it.
        connectors: The formats, in the order in which they are asked.
        settings: Limits and batch size.
        imported_by: Who asked; None when nobody is known.
        report_progress: Called after every folder and batch.

    Returns:
        The count sheet, which is also kept in the store.

    Raises:
        StoreError: The store refused a batch; what was written before it stays, whole.
    """
    started = datetime.now(UTC)
    sheet = CountSheet(batch_id=f"{started:%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}")
    reader = FolderReader(connectors, sheet.unread, settings.largest_file_bytes)
    loader = _Loader(store, sheet, settings.batch_size)
    clock = _Clock(report_progress)
    folders = find_folders(paths)
    clock.total_bytes = sum(file.byte_count for folder in folders for file in folder.found)
    with _cycles_collected_between_batches():
        for folder in folders:
            for event in reader.read(folder):
                loader.take(event)
                clock.saw(event)
        loader.write()
    clock.finish(sheet.read)
    _keep_sheet(store, sheet, started, imported_by)
    if not sheet.adds_up:
        raise StoreError("The import's numbers do not add up; please report this as a defect.")
    return sheet


@contextmanager
def _cycles_collected_between_batches() -> Iterator[None]:
    """Keep Python from searching the rows of a batch for cycles, of which reading makes none.

    It would go through all that is held, thousands of times; that took a fifth of an import.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Clock:
    """Tells progress at most a few times a second."""

    def __init__(self, report: ReportProgress) -> None:
        self._report = report
        self._started = time.monotonic()
        self._told = 0.0
        self._done_bytes = 0
        self._reports = 0
        self.total_bytes = 0

    def saw(self, event: ReadEvent) -> None:
        if isinstance(event, FileOpened):
            self._done_bytes += len(event.file.content)
        elif isinstance(event, SourceRecord | RecordRejectedError):
            self._reports += 1
        now = time.monotonic()
        if now - self._told > 0.2:  # noqa: PLR2004 - seconds between two tellings
            self._told = now
            self._tell(self._done_bytes)

    def finish(self, reports: int) -> None:
        self._reports = reports
        self._tell(self.total_bytes)

    def _tell(self, done_bytes: int) -> None:
        seconds = time.monotonic() - self._started
        self._report(Progress(done_bytes, self.total_bytes, self._reports, seconds))


class _Loader:
    """Collects what reading gives and writes it in batches."""

    def __init__(self, store: Store, sheet: CountSheet, batch_size: int) -> None:
        self._store = store
        self._sheet = sheet
        self._batch_size = batch_size
        self._batch = Batch(sheet.batch_id)
        self._bytes = 0
        # By name, once: a file can be opened, set aside and rejected, or rejected without opening.
        self._file_names: set[str] = set()

    def take(self, event: ReadEvent) -> None:
        match event:
            case FileOpened():
                self._count_file(event.file.name)
                self._batch.add_file(event)
                self._bytes += len(event.file.content)
            case SetAside():
                self._count_file(event.file)
                self._sheet.put_aside(event)
            case RecordRejectedError():
                self._count_file(event.place.file)
                self._sheet.reject(event)
            case SourceRecord():
                self._add(event)
        if (
            self._batch.record_count >= self._batch_size
            or self._batch.file_count >= _FILES_IN_A_BATCH
            or self._bytes >= _BYTES_IN_A_BATCH
        ):
            self.write()

    def _count_file(self, name: str) -> None:
        self._file_names.add(name)
        self._sheet.files = len(self._file_names)

    def _add(self, record: SourceRecord) -> None:
        try:
            check_record(record)
        except RecordRejectedError as rejected:
            self._sheet.reject(rejected)
            return
        self._sheet.read += 1
        self._batch.add(record)

    def write(self) -> None:
        if not self._batch.record_count and not self._batch.file_count:
            return
        outcome = self._batch.write(self._store, loaded_at=datetime.now(UTC))
        self._sheet.loaded += outcome.loaded
        self._sheet.new_versions += outcome.new_versions
        self._sheet.duplicates += outcome.duplicates
        self._batch = Batch(self._sheet.batch_id)
        self._bytes = 0
        gc.collect(1)  # what was made since the last batch, not the whole program


def _keep_sheet(
    store: Store, sheet: CountSheet, started: datetime, imported_by: str | None
) -> None:
    with store.transaction():
        store.run(
            "intake/add_import_batch",
            {
                "batch_id": sheet.batch_id,
                "started_at": started,
                "finished_at": datetime.now(UTC),
                "imported_by": imported_by,
                "file_count": sheet.files,
                "read_count": sheet.read,
                "loaded_count": sheet.loaded,
                "new_version_count": sheet.new_versions,
                "duplicate_count": sheet.duplicates,
                "rejected_count": sheet.rejected,
            },
        )
        _keep_list(store, "intake/add_rejections", sheet.batch_id, sheet.rejections)
        _keep_list(store, "intake/add_set_aside", sheet.batch_id, sheet.set_aside)
        _keep_list(store, "intake/add_unread_fields", sheet.batch_id, sheet.unread_fields())


def _keep_list(
    store: Store, name: str, batch_id: str, rows: Iterable[Mapping[str, object]]
) -> None:
    listed = [{**row, "batch_id": batch_id} for row in rows]
    if listed:
        with store.columns("staged_row", pa.Table.from_pylist(listed)):
            store.run(name)
