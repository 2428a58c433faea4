"""Found files -> units of work, each read by one process without asking another.

The cut depends on the files alone, never on how many processes there are, so that one process and
ten give the same result in the same order. `<fileDetails>` and their report stay together: folders
stay whole. A folder too large for that is cut by report number (`large_folder`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from os.path import dirname
from typing import Final

from workbench.intake.found import FoundFiles
from workbench.intake.large_folder import parts_of_large
from workbench.intake.sources import Folder, PendingFile
from workbench.intake.work import ENOUGH_FILES, ENOUGH_WORK, work_of

# What a folder may hold to be read as one whole.
MOST_TOGETHER: Final = 2_000  # files
MOST_WORK_TOGETHER: Final = 16_000_000


@dataclass(frozen=True, slots=True)
class Unit:
    """Folders, or parts of one, that are read one after the other."""

    folders: tuple[Folder, ...]

    @property
    def byte_count(self) -> int:
        """Size on disk."""
        return sum(file.byte_count for folder in self.folders for file in folder.found)


def cut(found: FoundFiles) -> Iterator[Unit]:
    """Yield all files in units of a convenient size, in the order in which they were found."""
    waiting: list[Folder] = []
    file_count = work = 0
    for part in _parts(found):
        waiting.append(part)
        file_count += len(part.found)
        work += sum(map(work_of, part.found))
        if file_count >= ENOUGH_FILES or work >= ENOUGH_WORK:
            yield Unit(tuple(waiting))
            waiting, file_count, work = [], 0, 0
    if waiting:
        yield Unit(tuple(waiting))


def _parts(found: FoundFiles) -> Iterator[Folder]:
    # As it is written: files of one folder under two names are two folders, each read whole.
    for _, files in groupby(found, lambda file: dirname(file.path)):  # noqa: PTH120 - every file passes
        first: list[PendingFile] = []
        work = 0
        for file in files:
            first.append(file)
            work += work_of(file)
            if len(first) > MOST_TOGETHER or work > MOST_WORK_TOGETHER:
                beside = found.beside(first)
                rest = chain(first, files)  # noqa: B031 - the rest of the same folder
                yield from parts_of_large(found.notes, first[0].folder, rest, beside, MOST_TOGETHER)
                break
        else:
            yield Folder(first[0].folder, first, found.beside(first))
