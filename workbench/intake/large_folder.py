"""A folder too large to be read as one -> parts in which `<fileDetails>` stand with their report.

It is cut by report number, as the files' heads and names state it: a number that stands further
down, in a table or in a list of reports does not keep details beside what holds it. What is known
of each file is noted outside memory: such a folder can hold millions.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from os.path import basename
from pathlib import PurePath
from typing import Any, Final, get_args

from workbench.intake.folders import holds
from workbench.intake.sources import Folder, Holds, PendingFile, has_no_xml, read_head
from workbench.intake.work import ENOUGH_FILES, ENOUGH_WORK, work_of
from workbench.normalise.report_number import report_number_in_name
from workbench.store.scratch import NotedRows, Notes

# The number as a part's head states it; an XML report has none, a JSON report may.
_STATED: Final = re.compile(
    rb"<(?:[\w.-]+:)?reportId[^<>]{0,200}>\s{0,80}([^<\s]{1,40})\s{0,80}<"
    rb"|\"reportId\"\s{0,80}:\s{0,80}\"?([\w-]{1,40})"
)
_HOLDS: Final[Mapping[str, Holds]] = {promise: promise for promise in get_args(Holds)}


def parts_of_large(
    notes: Notes,
    folder: str,
    files: Iterable[PendingFile],
    beside: Sequence[PendingFile],
    most_together: int,
) -> Iterator[Folder]:
    """Yield the folder in parts of a convenient size.

    Args:
        notes: Where what is known of each file is noted.
        folder: Where the files really are.
        files: All that shall be read, in order.
        beside: What else stands in the folder: its details may belong to a report of these.
        most_together: So many files stay whole where there are details, however long they take:
            nothing but reading them tells for certain which report these belong to.
    """
    _look_at(notes, files, report_number_in_name(PurePath(folder).name))
    near: dict[str, list[PendingFile]] = defaultdict(list)
    reports_beside = 0
    for file in beside:
        promise, number = _promise_of(file)
        reports_beside += promise == "report"
        if promise == "part" and number is not None:
            near[number].append(file._replace(holds=promise))
    notes.run("intake/add_wanted_numbers_of_parts")
    notes.write("intake/add_wanted_numbers", [(number,) for number in near])
    [counted] = notes.rows("intake/count_seen_reports")
    file_count, part_count, report_count, wanted_count, only_number = counted
    if (part_count or near) and file_count <= most_together:
        yield Folder(folder, list(_seen(notes, folder)), list(beside))
        return
    if wanted_count:
        _note_numbers_of_json(notes)
    report_count += reports_beside
    if report_count == 1 and only_number is None:
        report_count = 0  # it stands beside several numbers, or none: it takes none of them
    # The only report takes the only number beside it, whatever it is called.
    takes = {"number_of_report": only_number if report_count == 1 else None}
    for numbers, found in _filled(notes.rows("intake/list_grouped_files", takes), folder):
        near_these = [file for number in sorted(numbers) for file in near.get(number, ())]
        yield Folder(folder, found, near_these, report_count)


def _look_at(notes: Notes, files: Iterable[PendingFile], number_of_folder: str | None) -> None:
    for name in ("seen_file", "stated_number", "wanted_number"):
        notes.run(f"intake/make_{name}")
        notes.run(f"intake/clear_{name}")  # of the large folder before this one
    seen = NotedRows(notes, "intake/add_seen_files")
    stated = NotedRows(notes, "intake/add_stated_numbers")
    for place, file in enumerate(files):
        promise, number = _promise_of(file)
        if number is not None:
            stated.add(place, number)
        in_name = report_number_in_name(basename(file.name)) or number_of_folder  # noqa: PTH119 - as in folders
        path = os.fsencode(file.path)
        seen.add(place, path, file.name, file.byte_count, file.was_named, promise, in_name)
    seen.write()
    stated.write()


def _promise_of(file: PendingFile) -> tuple[Holds, str | None]:
    """Return what the head of a file promises, and the number it states where that is a part."""
    if has_no_xml(file):
        return "other", None
    head = read_head(file)
    promise = holds(head)
    return promise, _number_in(head) if promise == "part" else None


def _number_in(head: bytes) -> str | None:
    stated = _STATED.search(head)
    return (stated[1] or stated[2]).decode("ascii", "replace") if stated is not None else None


def _note_numbers_of_json(notes: Notes) -> None:
    stated = NotedRows(notes, "intake/add_stated_numbers")
    for place, path, name, was_named in notes.rows("intake/list_seen_json"):
        file = PendingFile(os.fsdecode(path), name, "", 0, bool(was_named))
        if (number := _number_in(read_head(file))) is not None:
            stated.add(place, number)
    stated.write()


def _filled(
    rows: Iterable[tuple[Any, ...]], folder: str
) -> Iterator[tuple[set[str], list[PendingFile]]]:
    """Put whole groups together until they are enough for a unit, with the numbers they share."""
    numbers: set[str] = set()
    waiting: list[PendingFile] = []
    work = 0
    for (_, number), group in groupby(rows, itemgetter(0, 1)):
        for _, _, *seen in group:
            file = _file_of(folder, seen)
            waiting.append(file)
            work += work_of(file)
        if number is not None:
            numbers.add(number)
        if len(waiting) >= ENOUGH_FILES or work >= ENOUGH_WORK:
            yield numbers, waiting
            numbers, waiting, work = set(), [], 0
    if waiting:
        yield numbers, waiting


def _seen(notes: Notes, folder: str) -> Iterator[PendingFile]:
    return (_file_of(folder, seen) for seen in notes.rows("intake/list_seen_files"))


def _file_of(folder: str, seen: Sequence[Any]) -> PendingFile:
    path, name, byte_count, was_named, promise = seen
    place = os.fsdecode(path)
    return PendingFile(place, name, folder, byte_count, bool(was_named), _HOLDS[promise])
