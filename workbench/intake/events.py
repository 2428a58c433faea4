"""What reading a folder gives, one after the other."""

from dataclasses import dataclass

from workbench.errors import RecordRejectedError
from workbench.intake.sources import PendingFile
from workbench.model.record import SetAside, SourceFile, SourceRecord


@dataclass(frozen=True, slots=True)
class FileOpened:
    """A file was opened. `source_format` is None when no connector reads it."""

    file: SourceFile
    source_format: str | None


@dataclass(frozen=True, slots=True)
class FileBegun:
    """A file is about to be read; those before it are done with."""

    pending: PendingFile

    @property
    def name(self) -> str:
        """The file's name."""
        return self.pending.name


@dataclass(frozen=True, slots=True)
class MemberBegun:
    """A member of a package is about to be read."""

    name: str


@dataclass(frozen=True, slots=True)
class MemberReached:
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
