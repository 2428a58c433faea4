"""Copying a store's file: at once, to the disk, for its owner's eyes, and never half."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from workbench.errors import KeepingError, StoreError, StoreLockedError

if sys.platform != "win32":
    import fcntl

# A store is its file and what DuckDB has not folded into it yet. All of them together, copied while
# nothing is committed, are what a crash would have left; DuckDB makes one file of them on opening.
PARTS: Final = ("", ".wal", ".wal.checkpoint", ".wal.recovery")
_HEADERS: Final = 3 * 4096  # DuckDB's main header and its two in turn; every checkpoint writes one
_PIECE: Final = 64 * 1024 * 1024

TellBytes = Callable[[int, int], None]  # done, of how many


def beside(path: Path, ending: str) -> Path:
    """Return the path of a file that belongs to another: its name and an ending."""
    return path.with_name(path.name + ending)


@contextmanager
def owner_only() -> Iterator[None]:
    """Make files inside the block that nobody but their owner may read."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def part_of(final: Path) -> Iterator[Path]:
    """Give the name under which a file is made before it may carry its own.

    What a killed attempt left under that name is taken away, and at the end what is left of ours.

    Raises:
        KeepingError: Somebody else is making the same file.
        StoreError: The folder cannot be written to.
    """
    part = beside(final, ".part")
    try:
        descriptor = os.open(beside(final, ".part.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _cannot_write(final, error) from error
    try:
        _lock_alone(descriptor, final)
        _remove(part)
        try:
            yield part
        except OSError as error:
            raise _cannot_write(final, error) from error
        finally:
            _remove(part)
    finally:
        beside(final, ".part.lock").unlink(missing_ok=True)
        os.close(descriptor)


def _lock_alone(descriptor: int, final: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise KeepingError(
            f"{final} is being written by another command.", remedy="Wait until it has ended."
        ) from error


def _remove(path: Path) -> None:
    for ending in PARTS:
        beside(path, ending).unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} cannot be written: {error.strerror}.",
        remedy="Make room or name another folder; nothing was changed.",
    )


@contextmanager
def holding(store: Path) -> Iterator[int]:
    """Hold a store's file as DuckDB does, without opening it as a store; nobody can open it.

    Whoever closes any descriptor of the file gives the lock up, so copy from the one returned.

    Raises:
        StoreLockedError: Somebody has it open.
        KeepingError: This account may not write to it.
    """
    try:
        descriptor = os.open(store, os.O_RDWR)
    except OSError as error:
        raise KeepingError(
            f"{store} cannot be opened: {error.strerror}.",
            remedy="Name a store's file that this account may read and write.",
        ) from error
    try:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreLockedError(
                f"The store {store} is open in another process.",
                remedy="Close the screens or the other command.",
            ) from error
        yield descriptor
    finally:
        os.close(descriptor)


def refuse_where_files_cannot_be_locked() -> None:
    """Refuse on a system whose way of locking files we do not know.

    Raises:
        KeepingError: This is Windows.
    """
    if sys.platform == "win32":
        raise KeepingError(
            "Backup and restore are not made for Windows yet.",
            remedy="Close the workbench and copy the store's file.",
        )


def copy_image(
    store: Path,
    copy: Path,
    *,
    held: int | None,
    tell: TellBytes,
    parts: tuple[str, ...] = PARTS,
) -> None:
    """Copy a store's file and what belongs to it, while nobody commits.

    Args:
        store: The store's file.
        copy: Where to; must not exist.
        held: The descriptor from `holding`; None when the process that has the store open holds
            its commits back.
        tell: Called with bytes done and bytes in all.
        parts: Which of the files; a backup is one file alone.
    """
    names = [ending for ending in parts if beside(store, ending).exists()]
    total = sum(beside(store, ending).stat().st_size for ending in names)
    done = 0
    for ending in names:
        source = held if held is not None and not ending else None
        opened = os.open(beside(store, ending), os.O_RDONLY) if source is None else source
        try:
            done = _copy(opened, beside(copy, ending), done, lambda at: tell(at, total))
        finally:
            if source is None:
                os.close(opened)


def _copy(source: int, copy: Path, done: int, tell: Callable[[int], None]) -> int:
    target = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.lseek(source, 0, os.SEEK_SET)
        while count := _copy_piece(source, target):
            done += count
            tell(done)
    finally:
        os.close(target)
    return done


def _copy_piece(source: int, target: int) -> int:
    """Copy on within the system, which shares the blocks where the disk can; else through us."""
    if hasattr(os, "copy_file_range"):
        try:
            return os.copy_file_range(source, target, _PIECE)
        except OSError as error:
            if error.errno in _OUT_OF_ROOM:
                raise
    written = piece = os.read(source, _PIECE)
    while written:
        written = written[os.write(target, written) :]
    return len(piece)


_OUT_OF_ROOM: Final = frozenset({27, 28, 122})  # EFBIG, ENOSPC, EDQUOT


def refuse_unfolded(part: Path) -> None:
    """Refuse a file that DuckDB did not make whole when it was closed, as on a full disk.

    Raises:
        StoreError: Rows are still in the log beside it.
    """
    if any(beside(part, ending).exists() for ending in PARTS[1:]):
        raise StoreError(
            f"{part} could not be written to the end.",
            remedy="Make room on its disk and try again; nothing was changed.",
        )


def state_of(store: Path) -> tuple[object, ...]:
    """Return what every commit and every checkpoint changes: the log's size and time, the headers.

    The file itself changes without a commit, where nothing refers to yet.
    """
    descriptor = os.open(store, os.O_RDONLY)
    try:
        headers = os.pread(descriptor, _HEADERS, 0)
    finally:
        os.close(descriptor)
    logs = []
    for ending in PARTS[1:]:
        path = beside(store, ending)
        found = path.stat() if path.exists() else None
        logs.append((found.st_size, found.st_mtime_ns, found.st_ino) if found else None)
    return headers, *logs


def sha256_of(path: Path, tell: TellBytes = lambda _done, _of: None) -> str:
    """Return the hash of a file's content."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as stream:
        while piece := stream.read(8 * 1024 * 1024):
            digest.update(piece)
            done += len(piece)
            tell(done, total)
    return digest.hexdigest()


def to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
