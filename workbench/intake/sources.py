"""Files that were found -> files that may be reports; packages are opened."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.intake.contents import HEAD_BYTES, Found, head_of, sorted_out, too_large
from workbench.intake.packages import is_package, open_package
from workbench.intake.refusals import too_large_inside
from workbench.model.limits import Limits
from workbench.model.record import SourceFile

# Opening without blocking keeps a named pipe in a folder from holding the import up.
_NONBLOCK: Final = getattr(os, "O_NONBLOCK", 0)
_NOFOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
# What the head of a file promises: the details of files that belong to a report, or a report.
Holds = Literal["part", "report", "other"]


class PendingFile(NamedTuple):
    """A file that was found and not yet opened; `byte_count` is what reading it costs."""

    path: str
    name: str  # printable, and no two files of an import share one
    folder: str
    byte_count: int
    was_named: bool = False  # somebody chose this very path, so it may be a link
    holds: Holds | None = None  # None: nobody has looked at its head yet


@dataclass(slots=True)
class Folder:
    """Files that stand together on disk. `beside` stand in the same folder and were not named."""

    path: str
    found: list[PendingFile] = field(default_factory=list)
    beside: list[PendingFile] = field(default_factory=list)
    # Of the whole folder, when this is a part of it and its files have been looked at.
    report_count: int | None = None


def size_of(file: str | os.DirEntry[bytes]) -> int:
    """Return how many bytes a file, or a link itself, has; 0 when nobody may know."""
    try:
        found = os.lstat(file) if isinstance(file, str) else file.stat(follow_symlinks=False)
    except OSError:
        return 0
    return found.st_size


def has_no_xml(pending: PendingFile) -> bool:
    """Spare the look at a file's head; a wrong suffix costs the sibling rule, never the report."""
    return pending.path.lower().endswith((".json", ".csv", ".xlsx", ".zip"))


def read_head(pending: PendingFile) -> bytes:
    """Return the first bytes of a file without UTF-16's NULs; empty if it cannot be opened."""
    try:
        descriptor = _opened(pending)
        try:
            is_regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            return head_of(os.read(descriptor, HEAD_BYTES)) if is_regular else b""
        finally:
            os.close(descriptor)
    except OSError:
        return b""  # opening it for reading gives the rejection that says why


def _opened(pending: PendingFile) -> int:
    return os.open(pending.path, os.O_RDONLY | _NONBLOCK | (0 if pending.was_named else _NOFOLLOW))


def open_file(
    pending: PendingFile, largest_bytes: int, limits: Limits, content: bytes | None
) -> Iterator[Found]:
    """Yield the file, or the readable members of a package, or why it is not read.

    `content` is its content, where that is known already.
    """
    if content is None:
        try:
            found = content_of(pending, largest_bytes)
        except MemoryError:
            found = too_large_inside(pending.name, limits)
        if isinstance(found, RecordRejectedError):
            yield found
            return
        content = found
    if is_package(content, limits):
        yield from open_package(pending.name, pending.folder, content, largest_bytes, limits)
    else:
        yield sorted_out(SourceFile(pending.name, content, pending.folder))


def content_of(pending: PendingFile, largest_bytes: int) -> bytes | RecordRejectedError:
    """Return all that a file holds, or why it cannot be read."""
    location = SourceLocation(pending.name)
    try:
        descriptor = _opened(pending)
        try:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                return _not_a_file(before.st_mode, location)
            # Asking for no more than there is spares a buffer of the largest size for every file.
            # What really comes counts: a file can grow while it is read.
            wanted = min(before.st_size, largest_bytes) + 1
            content = os.read(descriptor, wanted)
            if len(content) != before.st_size:
                content = _read_on(descriptor, content, wanted, largest_bytes)
            after = os.fstat(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return _cannot_open(error, location)
    if len(content) > largest_bytes:
        return too_large(location, largest_bytes)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        return RecordRejectedError(
            "The file changed while it was read.",
            code="changed_while_read",
            remedy="Wait until it is written to the end, then import it again.",
            location=location,
        )
    return content


def _read_on(descriptor: int, content: bytes, wanted: int, largest_bytes: int) -> bytes:
    """Read a file that came in part, as large ones do, or that has grown."""
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        content += stream.read(wanted - len(content))
        if len(content) == wanted:
            content += stream.read(max(largest_bytes + 1 - len(content), 0))
    return content


def _not_a_file(mode: int, location: SourceLocation) -> RecordRejectedError:
    return RecordRejectedError(
        "This folder cannot be read." if stat.S_ISDIR(mode) else "This is not a regular file.",
        code="not_a_file",
        remedy="Name a file, or a folder of files that this account may read.",
        location=location,
    )


def _cannot_open(error: OSError, location: SourceLocation) -> RecordRejectedError:
    if isinstance(error, FileNotFoundError):
        sentence, code = "There is no such file.", "no_such_file"
        remedy = "Check the path and import again."
    elif error.errno == errno.ELOOP:
        sentence, code = "This is a link; links inside a folder are not followed.", "link"
        remedy = "Name the file or folder it leads to, if that is meant to be imported."
    else:
        sentence, code = f"The file cannot be opened: {error.strerror}.", "cannot_open"
        remedy = "Give this account the right to read it, then import again."
    return RecordRejectedError(sentence, code=code, remedy=remedy, location=location)
