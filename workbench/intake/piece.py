"""What reading gives, some hundred records at a time: typed columns, ready to be written.

A piece crosses from the process that reads to the one that writes as a line of JSON and Arrow
batches, which hold values only: nothing that a hostile file could make of them is ever executed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import pyarrow as pa

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.intake.typing_rows import schema_of
from workbench.model.record import SetAside

FILES: Final = pa.schema(
    [
        ("source_file_id", pa.string()),
        ("batch_id", pa.string()),
        ("file_name", pa.string()),
        ("source_format", pa.string()),
        ("byte_count", pa.int64()),
        ("sha256", pa.string()),
    ]
)


_FILES: Final = "source_file"
# A rejection, or one thing set aside, about as Python holds it.
_BYTES_LEFT_OUT: Final = 1_000


@dataclass(slots=True)
class Piece:
    """Some of the records of a unit, in the order in which they were read."""

    tables: Mapping[str, pa.Table]  # "report" also has what intake knows of each record
    files: pa.Table
    record_count: int = 0  # read; those that say the same as another are in no table
    file_count: int = 0  # of the files, and members of packages, that were read to their end
    rejections: list[RecordRejectedError] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    unread: list[tuple[str, str, int]] = field(default_factory=list)  # format, field, count
    done_bytes: int = 0  # on disk, of the files that were read to their end

    @property
    def byte_count(self) -> int:
        """Size in memory."""
        columns = sum(int(table.nbytes) for table in (*self.tables.values(), self.files))
        return columns + self.left_out_count * _BYTES_LEFT_OUT

    @property
    def left_out_count(self) -> int:
        """How many rejections and things set aside there are."""
        return len(self.rejections) + len(self.set_aside)


def packed(piece: Piece) -> tuple[dict[str, Any], list[memoryview]]:
    """Return a piece as a head that JSON can hold and the buffers that follow it."""
    tables = {**piece.tables, _FILES: piece.files}
    batches = [_batch_of(table).serialize() for table in tables.values()]
    buffers = [memoryview(batch) for batch in batches]
    head = {
        "tables": [
            [name, table.column_names, len(buffer)]
            for (name, table), buffer in zip(tables.items(), buffers, strict=True)
        ],
        "record_count": piece.record_count,
        "file_count": piece.file_count,
        "rejections": [
            [error.place.file, error.place.path, error.message, error.code, error.remedy]
            for error in piece.rejections
        ],
        "set_aside": [asdict(aside) for aside in piece.set_aside],
        "unread": piece.unread,
        "done_bytes": piece.done_bytes,
    }
    return head, buffers


def unpacked(head: Mapping[str, Any], body: pa.Buffer) -> Piece:
    """Return the piece that `packed` took apart."""
    tables: dict[str, pa.Table] = {}
    place = 0
    for name, columns, length in head["tables"]:
        every = FILES if name == _FILES else schema_of(name)
        schema = pa.schema([every.field(column) for column in columns])
        batch = pa.ipc.read_record_batch(body.slice(place, length), schema)
        tables[name] = pa.Table.from_batches([batch])
        place += length
    return Piece(
        files=tables.pop(_FILES),
        tables=tables,
        record_count=head["record_count"],
        file_count=head["file_count"],
        rejections=[
            RecordRejectedError(
                message, code=code, remedy=remedy, location=SourceLocation(file, path)
            )
            for file, path, message, code, remedy in head["rejections"]
        ],
        set_aside=[SetAside(**aside) for aside in head["set_aside"]],
        unread=[(source_format, path, count) for source_format, path, count in head["unread"]],
        done_bytes=head["done_bytes"],
    )


def _batch_of(table: pa.Table) -> pa.RecordBatch:
    [batch] = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]
    return batch


def as_line(head: Mapping[str, Any]) -> bytes:
    """Return a head as one line; the standard library also writes half a surrogate pair."""
    return json.dumps(head).encode("ascii") + b"\n"
