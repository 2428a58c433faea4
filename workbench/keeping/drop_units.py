"""What lies in a drop folder and is whole: a file, or a sub-folder with everything in it."""

import math
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workbench.intake.odd_characters import shown
from workbench.intake.sources import PendingFile, read_head
from workbench.keeping.drop_moves import DONE, FAILED

_BEING_WRITTEN: Final = (".part", ".tmp", ".filepart", ".crdownload", ".partial")
_PATIENCE: Final = 5  # times the settling time; how long an XML file waits for others to settle
_GATHERING: Final = ".gathering"

Signature = tuple[object, ...]  # changes when the thing does

_NOT_WHOLE: Final[Signature] = ("not whole",)


@dataclass(frozen=True, slots=True)
class Unit:
    """A file or a sub-folder that is one import, and its signature when it was found whole."""

    path: Path
    signature: Signature

    @property
    def name(self) -> str:
        """What to call it on a screen."""
        return shown(self.path.name)

    def is_gone(self) -> bool:
        """Say whether it is there no more."""
        return not os.path.lexists(self.path)

    def has_changed(self) -> bool:
        """Say whether somebody went on writing."""
        return signature_of(self.path) != self.signature


class Waiting:
    """Since when each thing is as it is."""

    def __init__(self, settle_seconds: float) -> None:
        self.settle_seconds = settle_seconds
        self.count = 0
        self._seen: dict[Path, tuple[Signature, float]] = {}

    def look_at(self, paths: Sequence[Path]) -> dict[Path, tuple[Signature, float]]:
        """Return for each path its signature and how many seconds it has been so."""
        now = time.monotonic()
        seen = {}
        for path in paths:
            signature = signature_of(path)
            if signature is None:
                continue
            before = self._seen.get(path)
            since = before[1] if before is not None and before[0] == signature else now
            if signature == _NOT_WHOLE:
                since = math.inf  # however long it stays so
            seen[path] = (signature, since)
        self._seen = seen
        return {path: (signature, now - since) for path, (signature, since) in seen.items()}


def ready_units(folder: Path, waiting: Waiting) -> list[Unit]:
    """Return what is whole, by name; note how many things are not.

    Raises:
        OSError: The folder cannot be listed, or nothing can be moved in it.
    """
    _scatter(folder)
    with os.scandir(folder) as entries:
        paths = sorted(Path(entry) for entry in entries if _may_be_taken(entry))
    looked_at = waiting.look_at(paths)
    xml = [path for path in looked_at if path.suffix.lower() == ".xml" and not path.is_dir()]
    held = _belong_together(xml)
    if held and _are_whole(xml, looked_at, waiting.settle_seconds):
        _gather(folder, [p for p in held if looked_at[p][1] >= waiting.settle_seconds])
    units = [
        Unit(path, signature)
        for path, (signature, age) in looked_at.items()
        if age >= waiting.settle_seconds and path not in held
    ]
    waiting.count = len(looked_at) - len(units)
    return units


def _may_be_taken(entry: os.DirEntry[str]) -> bool:
    """Pass over our own folders, hidden and unfinished files, links and what is not a file."""
    if entry.name.startswith(".") or entry.name.lower().endswith(_BEING_WRITTEN):
        return False
    if entry.is_dir(follow_symlinks=False):
        return entry.name not in {DONE, FAILED}
    return entry.is_file(follow_symlinks=False)


def _belong_together(xml: list[Path]) -> list[Path]:
    """Return the loose XML files when one is a `<fileDetails>` that has others beside it.

    It must be read with its report, and which of them that is only reading them tells.
    """
    return xml if len(xml) > 1 and any(map(_holds_part, xml)) else []


def _are_whole(
    xml: list[Path], looked_at: dict[Path, tuple[Signature, float]], settle_seconds: float
) -> bool:
    ages = [looked_at[path][1] for path in xml]
    # Where files arrive without a pause, the first of them do not wait for ever.
    return min(ages) >= settle_seconds or max(ages) > settle_seconds * _PATIENCE


def _gather(folder: Path, paths: list[Path]) -> None:
    """Make one sub-folder of loose files, at one stroke: it is imported and moved as a whole."""
    gathering = folder / _GATHERING
    gathering.mkdir()
    for path in paths:
        os.rename(path, gathering / path.name)  # noqa: PTH104 - rename, not replace: it is empty
    # Letters only: a number in a folder's name may be taken for the report's.
    names = (f"together{'-more' * more}" for more in range(20))
    free = next(name for name in names if not os.path.lexists(folder / name))
    os.rename(gathering, folder / free)  # noqa: PTH104 - same


def _scatter(folder: Path) -> None:
    """Put back what was being gathered when the screens were killed."""
    gathering = folder / _GATHERING
    if not gathering.is_dir() or gathering.is_symlink():
        return
    for path in sorted(gathering.iterdir()):
        if os.path.lexists(folder / path.name):
            continue  # a newer file of that name; this one waits until it is gone
        os.rename(path, folder / path.name)  # noqa: PTH104 - rename, not replace: the name is free
    if not any(gathering.iterdir()):
        gathering.rmdir()


def _holds_part(path: Path) -> bool:
    return b"fileDetails" in read_head(PendingFile(str(path), path.name, str(path.parent), 0))


def signature_of(path: Path) -> Signature | None:
    """Return what changes when a file, or anything below a folder, does; None: not there.

    A folder with nothing in it, or with a file that is being written, is not whole.
    """
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode):
        return (found.st_ino, found.st_size, found.st_mtime_ns)
    below = tuple(_below(str(path)))
    if not below or any(str(name).lower().endswith(_BEING_WRITTEN) for name, *_ in below):
        return _NOT_WHOLE
    return below


def _below(folder: str) -> Iterator[tuple[object, ...]]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield (folder, error.errno)  # it is rejected as what cannot be read
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
            continue
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield (entry.path, error.errno)
        else:
            yield (entry.path, found.st_ino, found.st_size, found.st_mtime_ns)
