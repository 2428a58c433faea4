"""A unit of work -> pieces: files are read, records hashed, rows turned into typed columns.

Runs in the process that imports, or in one of several that read for it; it never sees the store.
"""

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.intake.events import FileBegun, FileOpened, MemberBegun, MemberReached, ReadEvent
from workbench.intake.folders import FolderReader
from workbench.intake.identity import check_record, referral_id, source_file_id, version_id
from workbench.intake.piece import FILES, Piece
from workbench.intake.refusals import LeftOut
from workbench.intake.staging import StagedRows
from workbench.intake.typing_rows import typed_tables
from workbench.intake.units import Unit
from workbench.intake.work import WORK_OF_PDF
from workbench.model.limits import Limits
from workbench.model.record import Connector, SetAside, SourceRecord, UnreadFields
from workbench.model.tables import TABLES

# Of one piece. Enough to make up for what a table of columns costs by itself, and few enough that
# what is held between reading and writing stays small.
_MOST_RECORDS: Final = 1_000
_MOST_BYTES: Final = 8 * 1024 * 1024  # of files, and what stands for a PDF's work
_MOST_LEFT_OUT: Final = 5_000  # rejected or set aside; a table can be a million bad rows
_BEGUN: Final = (FileBegun, MemberBegun)

_WHOLE: Final = MemberReached(0.0, 1.0)  # a file that is no package


@dataclass(frozen=True, slots=True)
class UnitReader:
    """Reads units with a set of connectors for one import."""

    connectors: Sequence[Connector]
    batch_id: str
    largest_bytes: int
    most_records: int  # of a transaction, of which no piece shall have more
    limits: Limits
    not_to_be_read: Mapping[str, LeftOut] = field(default_factory=dict)  # by name
    announce: Callable[[str], None] | None = None  # called with a name before it is read

    def pieces(self, unit: Unit) -> Iterator[Piece]:
        """Yield what the files of the unit give; the same files give the same pieces."""
        unread, piece_count = UnreadFields(), 0
        left_out = self._left_out_after(piece_count)
        reader = FolderReader(self.connectors, unread, self.largest_bytes, self.limits, left_out)
        gathered = _Gathered(self.batch_id, unread, min(self.most_records, _MOST_RECORDS))
        for folder in unit.folders:
            for event in reader.read(folder):
                if self.announce is not None and isinstance(event, _BEGUN):
                    self.announce(event.name)
                gathered.take(event)
                if gathered.is_enough:
                    yield from gathered.flush()
                    piece_count += 1
                    left_out |= self._left_out_after(piece_count)
        gathered.finish()
        yield from gathered.flush()

    def _left_out_after(self, piece_count: int) -> dict[str, str]:
        return {
            name: one.code for name, one in self.not_to_be_read.items() if one.pieces <= piece_count
        }


class _Gathered:
    """Collects what reading gives until it makes a piece.

    A record is turned into a few tuples the moment it is read, while it is in the processor's
    cache; `StagedRows` says why.
    """

    def __init__(self, batch_id: str, unread: UnreadFields, most_records: int) -> None:
        self._most_records = most_records
        self._batch_id = batch_id
        self._unread = unread
        self._begun_bytes = self._told_bytes = 0  # of the file that is being read
        self._reached = _WHOLE
        # Of the same file, or of the members of a package: one can be opened, set aside and
        # rejected, or rejected without being opened.
        self._names: set[str] = set()
        self._clear()

    def _clear(self) -> None:
        self._piece = Piece({}, FILES.empty_table())
        self._bytes = 0
        self._records: dict[str, list[str | None]] = {}  # version -> facts
        self._locations: dict[str, SourceLocation] = {}
        self._staged = {table: StagedRows() for table in TABLES}
        self._files: dict[str, list[str | int]] = {name: [] for name in FILES.names}

    @property
    def is_enough(self) -> bool:
        return (
            self._piece.record_count >= self._most_records
            or self._bytes >= _MOST_BYTES
            or self._piece.left_out_count >= _MOST_LEFT_OUT
        )

    def take(self, event: ReadEvent) -> None:
        match event:
            case SourceRecord():
                self._add(event)
            case FileBegun():
                self.finish()
                self._begun_bytes = event.pending.byte_count
            case MemberReached():
                self._reached = event
                self._tell(0.0)
            case FileOpened():
                self._names.add(event.file.name)
                self._add_file(event)
            case SetAside():
                self._names.add(event.file)
                self._piece.set_aside.append(event)
            case RecordRejectedError():
                self._names.add(event.place.file)
                self._piece.rejections.append(event)

    def finish(self) -> None:
        """Count the file that was being read as done."""
        self._reached = _WHOLE
        self._tell(1.0)
        self._begun_bytes = self._told_bytes = 0
        self._piece.file_count += len(self._names)
        self._names.clear()

    def _tell(self, part_read: float) -> None:
        reached = self._reached
        done = int(self._begun_bytes * (reached.part_before + reached.part * part_read))
        if done > self._told_bytes:
            self._piece.done_bytes += done - self._told_bytes
            self._told_bytes = done

    def _add_file(self, opened: FileOpened) -> None:
        """Take note of a file; its content is not held."""
        file, columns = opened.file, self._files
        columns["source_file_id"].append(source_file_id(self._batch_id, file.name))
        columns["batch_id"].append(self._batch_id)
        columns["file_name"].append(file.name)
        columns["source_format"].append(opened.source_format or "not read")
        columns["byte_count"].append(len(file.content))
        columns["sha256"].append(hashlib.sha256(file.content).hexdigest())
        self._bytes += len(file.content)
        if opened.source_format == "cybertipline_pdf":  # slow: who waits shall see it go on
            self._bytes += WORK_OF_PDF

    def _add(self, record: SourceRecord) -> None:
        """Take a record in; one that says the same as another of the piece is only counted."""
        try:
            check_record(record)
        except RecordRejectedError as rejected:
            self._piece.rejections.append(rejected)
            return
        self._piece.record_count += 1
        self._tell(record.part_read)
        paths = {
            table: [row.pop("_path", None) for row in rows] for table, rows in record.rows.items()
        }
        version = version_id(record)
        if version in self._records:
            return
        self._records[version] = self._facts_of(record, version)
        self._locations[version] = record.location
        for table, rows in record.rows.items():
            self._staged[table].add(version, rows, paths[table])

    def _facts_of(self, record: SourceRecord, version: str) -> list[str | None]:
        return [
            referral_id(record, version),
            self._batch_id,
            source_file_id(self._batch_id, record.location.file),
            record.source_format,
            record.source_system,
            record.report_number,
            record.report_number_source,
            record.location.file,
        ]

    def flush(self) -> Iterator[Piece]:
        """Yield what has been gathered, if anything, and begin anew."""
        piece = self._piece
        piece.tables = typed_tables(self._staged, self._records, self._refuse)
        piece.files = pa.table(self._files, FILES)
        piece.unread = [(*key, count) for key, count in self._unread.counts.items()]
        self._unread.counts.clear()
        self._clear()
        gc.collect(1)  # what was made since the last piece, not the whole program
        yield piece

    def _refuse(self, version: str, error: Exception) -> None:
        self._piece.record_count -= 1
        self._piece.rejections.append(
            RecordRejectedError(
                f"A value of this report cannot be kept ({type(error).__name__}).",
                code="cannot_be_kept",
                remedy="Please report this as a defect; the file can stay where it is.",
                location=self._locations[version],
            )
        )
