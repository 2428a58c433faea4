"""What reading a folder gives, one after the other.

Tuples, as files and locations are: one of each is made for every file, and a frozen dataclass takes
three times as long to make.
"""

from typing import NamedTuple

from workbench.errors import RecordRejectedError
from workbench.intake.sources import PendingFile
from workbench.model.record import SetAside, SourceFile, SourceRecord


class FileOpened(NamedTuple):
    """A file was opened. `source_format` is None when no connector reads it."""

    file: SourceFile
    source_format: str | None


class FileBegun(NamedTuple):
    """A file is about to be read; those before it are done with."""

    pending: PendingFile

    @property
    def name(self) -> str:
        """The file's name."""
        return self.pending.name


class MemberBegun(NamedTuple):
    """A member of a package is about to be read."""

    name: str


class MemberReached(NamedTuple):
    """How far a package is read, and which part of it the member is that comes now."""

    part_before: float
    part: float


ReadEvent = (
    FileBegun
    | MemberBegun
    | MemberReached
    | FileOpened
    | SourceRecord
    | SetAside
    | RecordRejectedError
)
