"""Found files -> units of work, each read by one process without asking another.

The cut depends on the files alone, never on how many processes there are, so that one process and
ten give the same result in the same order. `<fileDetails>` and their report stay together: folders
stay whole. A folder too large for that is cut by report number, as names and heads state it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from os.path import basename
from pathlib import PurePath
from typing import Final, TypeVar

from workbench.intake.folders import holds
from workbench.intake.sources import Folder, Holds, PendingFile, has_no_xml, read_head
from workbench.normalise.report_number import report_number_in_name

_Item = TypeVar("_Item")

# What a folder may hold to be read as one whole.
MOST_TOGETHER: Final = 2_000  # files
MOST_WORK_TOGETHER: Final = 16_000_000
# What is enough for one unit.
ENOUGH_FILES: Final = 1_000
ENOUGH_WORK: Final = 6_000_000
# By suffix: how much longer a byte takes than one of JSON; a PDF takes as long as this much JSON,
# whatever its size.
_TIMES_AS_LONG: Final = {"csv": 6, "zip": 5, "xlsx": 50}
WORK_OF_PDF: Final = 700_000
# A package of more bytes may well hold one: so police get their reports.
_SMALLEST_WITH_PDF: Final = 4_000
# The number as a part's head states it; an XML report has none, a JSON report may.
_STATED: Final = re.compile(
    rb"<(?:[\w.-]+:)?reportId[^<>]{0,200}>\s{0,80}([^<\s]{1,40})\s{0,80}<"
    rb"|\"reportId\"\s{0,80}:\s{0,80}\"?([\w-]{1,40})"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Folders, or parts of one, that are read one after the other."""

    folders: tuple[Folder, ...]

    @property
    def byte_count(self) -> int:
        """Size on disk."""
        return sum(file.byte_count for folder in self.folders for file in folder.found)


def cut(folders: list[Folder]) -> Iterator[Unit]:
    """Yield all files in units of a convenient size, in the order in which they were found.

    The list is used up, and the files of large folders with it: there can be a million.
    """
    waiting: list[Folder] = []
    file_count = work = 0
    for folder in _taken(folders):
        for part in _parts_of(folder):
            waiting.append(part)
            file_count += len(part.found)
            work += sum(map(work_of, part.found))
            if file_count >= ENOUGH_FILES or work >= ENOUGH_WORK:
                yield Unit(tuple(waiting))
                waiting, file_count, work = [], 0, 0
    if waiting:
        yield Unit(tuple(waiting))


def work_of(file: PendingFile) -> int:
    """Return what reading a file costs, as so many bytes of JSON."""
    suffix = file.path[-5:].lower().rpartition(".")[2]
    work = file.byte_count * _TIMES_AS_LONG.get(suffix, 1)
    if suffix == "pdf" or (suffix == "zip" and file.byte_count > _SMALLEST_WITH_PDF):
        work += WORK_OF_PDF
    return work


def _parts_of(folder: Folder) -> Iterator[Folder]:
    if len(folder.found) <= MOST_TOGETHER and sum(map(work_of, folder.found)) <= MOST_WORK_TOGETHER:
        yield folder
        return
    numbers: dict[str, str] = {}  # by path, as the files' heads state them
    looked_at = folder.found
    for place, file in enumerate(looked_at):  # in place: there can be a million
        looked_at[place] = _looked_at(file, numbers)
    near = [
        file for file in (_looked_at(f, numbers) for f in folder.beside) if file.holds == "part"
    ]
    parts = [file for file in looked_at if file.holds == "part"] + near
    report_count = sum(file.holds == "report" for file in looked_at)
    if report_count == 1 and parts:  # which takes whatever number stands beside
        yield replace(folder, found=looked_at, beside=near)
        return
    wanted = {numbers[file.path] for file in parts if file.path in numbers}
    if wanted:
        for file in looked_at:
            if file.path.lower().endswith(".json"):
                _note_number(file, read_head(file), numbers)
    near_by_number = defaultdict(list)
    for file in near:
        near_by_number[numbers.get(file.path)].append(file)
    groups: Iterable[list[_Keyed]] = ([(None, file)] for file in _taken(looked_at))
    if wanted:
        groups = _groups(looked_at, numbers, wanted, PurePath(folder.path).name)
    for group in _filled(groups):
        keys = sorted({key for key, _ in group if key is not None})
        beside = [file for key in keys for file in near_by_number[key]]
        yield Folder(folder.path, [file for _, file in group], beside, report_count)


def _taken(items: list[_Item]) -> Iterator[_Item]:
    """Yield items and let each go."""
    items.reverse()
    while items:
        yield items.pop()


def _looked_at(file: PendingFile, numbers: dict[str, str]) -> PendingFile:
    """Return a file with what its head promises; note the number that a part's head states."""
    promise: Holds = "other"
    if not has_no_xml(file):
        head = read_head(file)
        promise = holds(head)
        if promise == "part":
            _note_number(file, head, numbers)
    return file._replace(holds=promise)


def _note_number(file: PendingFile, head: bytes, numbers: dict[str, str]) -> None:
    stated = _STATED.search(head)
    if stated is not None:
        numbers[file.path] = (stated[1] or stated[2]).decode("ascii", "replace")


_Keyed = tuple[str | None, PendingFile]


def _groups(
    files: Sequence[PendingFile], numbers: dict[str, str], wanted: set[str], folder: str
) -> list[list[_Keyed]]:
    """Return the files of each number that some part states together, every other file alone."""
    of_folder = report_number_in_name(folder)
    groups: list[list[_Keyed]] = []
    by_number: dict[str, list[_Keyed]] = {}
    for file in files:
        number = numbers.get(file.path)
        if file.holds != "part" and number not in wanted:
            number = report_number_in_name(basename(file.name)) or of_folder  # noqa: PTH119 - as in folders
        if number is None or number not in wanted:
            groups.append([(None, file)])
        elif number in by_number:
            by_number[number].append((number, file))
        else:
            by_number[number] = [(number, file)]
            groups.append(by_number[number])
    return groups


def _filled(groups: Iterable[list[_Keyed]]) -> Iterator[list[_Keyed]]:
    """Put whole groups together until they are enough for a unit."""
    waiting: list[_Keyed] = []
    work = 0
    for group in groups:
        waiting += group
        work += sum(work_of(file) for _, file in group)
        if len(waiting) >= ENOUGH_FILES or work >= ENOUGH_WORK:
            yield waiting
            waiting, work = [], 0
    if waiting:
        yield waiting
