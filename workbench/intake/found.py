"""Named paths -> every file below them, in a stable order.

They are noted in a database of their own: of a folder of a million files only those are held that
are being read.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, takewhile
from pathlib import Path
from threading import Event
from typing import Final, NamedTuple

from workbench.intake.odd_characters import shown_path
from workbench.intake.sources import PendingFile, size_of
from workbench.store.scratch import NotedRows, Notes

_FILES_BETWEEN: Final = 250  # two moments at which somebody is told
_LISTED_BESIDE: Final = 10_000  # so many are looked at, whichever the disk names first


class _Root(NamedTuple):
    """A path that somebody named. A file below it is called `prefix` + its path from `start` on."""

    path: str
    real: str  # the same place without links
    is_folder: bool
    prefix: str
    start: int


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of an import, each once, those of a folder one after the other."""

    notes: Notes
    roots: Sequence[_Root]
    byte_count: int
    folders: Sequence[str]  # that were named
    real_paths: frozenset[str]  # of all that was named
    _closed: Event = field(default_factory=Event)

    def __iter__(self) -> Iterator[PendingFile]:
        """Yield them: folder by folder in the order in which paths were named, then by name."""
        place = lru_cache(maxsize=1)(self._place)
        rows = self.notes.rows("intake/list_found_files")
        for root_no, folder, file, byte_count in takewhile(self._is_open, rows):
            root = self.roots[root_no]
            written, real = place(root_no, folder)
            path = os.path.join(written, os.fsdecode(file))  # noqa: PTH118 - every file passes; a tenth of Path
            name = shown_path(root.prefix + path[root.start :])
            yield PendingFile(path, name, real, byte_count, not root.is_folder)

    def close(self) -> None:
        """End every list of them: whoever looks at a million in another thread stops waiting."""
        self._closed.set()

    def _is_open(self, _: object) -> bool:
        return not self._closed.is_set()

    def _place(self, root_no: int, folder: bytes) -> tuple[str, str]:
        """Return a folder as it is written and where it really is."""
        root, written = self.roots[root_no], os.fsdecode(folder)
        # Below what was named no link is followed, so its real place is asked only once.
        if root.is_folder and written.startswith(root.path):
            return written, root.real + written[len(root.path) :]
        return written, os.path.realpath(written)

    def beside(self, files: Sequence[PendingFile]) -> list[PendingFile]:
        """Return the XML files beside files of one folder that were named alone.

        The `<fileDetails>` of a report may be there; none are where the whole folder was named.
        """
        file = files[0]
        if not file.was_named:
            return []
        folder = Path(file.path).parent
        if any(folder.is_relative_to(named) for named in self.folders):
            return []
        listed = sorted(islice(Path(file.folder).glob("*.xml"), _LISTED_BESIDE))
        return [
            PendingFile(str(found), shown_path(found.name), file.folder, size_of(str(found)))
            for found in listed
            if str(found) not in self.real_paths
        ]


def find_files(
    notes: Notes, paths: Sequence[Path], tell: Callable[[int], None] = lambda _: None
) -> FoundFiles:
    """Note every file below the named paths.

    A path that does not exist is kept, as is a folder that cannot be listed: opening it gives a
    rejection that says so. Links inside a folder are not followed, for the same reason.

    Args:
        notes: Empty.
        paths: Files and folders, in the order in which they shall be read.
        tell: Called now and then with how many files have been found.
    """
    roots = _roots(paths)
    for name in ("found_file", "found_folder", "folder_root"):
        notes.run(f"intake/make_{name}")
    _Listing(notes, tell).look_below(roots)
    if len(roots) > 1:
        notes.run("intake/drop_files_found_again")
    notes.run("intake/add_folder_roots")
    [(byte_count,)] = notes.rows("intake/measure_found_files")
    folders = [root.path for root in roots if root.is_folder]
    real_paths = frozenset(root.real for root in roots)
    return FoundFiles(notes, roots, byte_count, folders, real_paths)


def _roots(paths: Sequence[Path]) -> list[_Root]:
    """Return the named paths, with what the files below them are called: no two the same."""
    roots = []
    names: set[str] = set()
    for path in paths:
        whole = str(path.absolute())
        is_folder = os.path.isdir(path)  # noqa: PTH112 - no error where one may not look: opening says why
        prefix, start = "", len(whole) - len(path.name)
        if not path.name and len(paths) == 1:  # such as "."
            start = len(os.path.join(whole, ""))  # noqa: PTH118 - with the separator at its end
        elif not path.name or path.name in names:
            prefix, start = whole, len(whole)
        names.add(path.name)
        roots.append(_Root(whole, os.path.realpath(path), is_folder, prefix, start))
    return roots


class _Listing:
    """Looks into folders, those of one depth after the other, and notes what they hold."""

    def __init__(self, notes: Notes, tell: Callable[[int], None]) -> None:
        self._notes = notes
        self._tell = tell
        self._count = 0
        self._files = NotedRows(notes, "intake/add_found_files")
        self._folders = NotedRows(notes, "intake/add_found_folders")

    def look_below(self, roots: Sequence[_Root]) -> None:
        for root_no, root in enumerate(roots):
            path = os.fsencode(root.path)
            if root.is_folder:
                self._folders.add(root_no, 0, path)
            else:
                self._add(root_no, *os.path.split(path), size_of(root.path))
        depth = 0
        while self._look_into(depth):
            depth += 1
        self._files.write()

    def _look_into(self, depth: int) -> bool:
        """List the folders of one depth; say whether there were any."""
        self._folders.write()
        is_any = False
        for root_no, folder in self._notes.rows("intake/list_found_folders", {"depth": depth}):
            self._list(root_no, depth, folder)
            is_any = True
        return is_any

    def _list(self, root_no: int, depth: int, folder: bytes) -> None:
        for entry in _entries(folder):
            if entry is None:  # it stands for itself: opening it says why it cannot be listed
                self._add(root_no, *os.path.split(folder), 0)
            elif _is_folder(entry):
                self._folders.add(root_no, depth + 1, entry.path)
            else:
                self._add(root_no, folder, entry.name, size_of(entry))

    def _add(self, root_no: int, folder: bytes, file: bytes, byte_count: int) -> None:
        self._files.add(root_no, folder, file, byte_count)
        self._count += 1
        if self._count % _FILES_BETWEEN == 0:
            self._tell(self._count)


def _entries(folder: bytes) -> Iterator[os.DirEntry[bytes] | None]:
    """Yield what a folder holds, and None where it cannot be listed, or no further."""
    try:
        entries = os.scandir(folder)
    except OSError:
        yield None
        return
    with entries:
        while True:
            try:
                entry = next(entries, None)
            except OSError:
                yield None
                return
            if entry is None:
                return
            yield entry


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:  # opening it as a file says why
        return False
