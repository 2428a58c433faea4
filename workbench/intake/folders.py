"""One folder or package -> whole reports: `<fileDetails>` find their `<report>`, and its number.

`<report>` carries no report number (FORMATS 0). It comes from the `<fileDetails>` beside it, else
from the name of the file or folder, else it stays null.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import basename
from pathlib import PurePath
from typing import Final

from workbench.errors import RecordRejectedError
from workbench.intake.contents import Found, head_of
from workbench.intake.events import FileBegun, FileOpened, MemberBegun, MemberReached, ReadEvent
from workbench.intake.odd_characters import clean, might_be_odd
from workbench.intake.packages import PACKED
from workbench.intake.refusals import not_a_report, not_read, reader_failed, too_large_inside
from workbench.intake.sources import (
    Folder,
    Holds,
    PendingFile,
    content_of,
    has_no_xml,
    open_file,
    read_head,
)
from workbench.model.limits import Limits
from workbench.model.record import Connector, SourceFile, SourceRecord, UnreadFields
from workbench.model.tables import NUMBERED
from workbench.normalise.report_number import report_number_in_name

_PART: Final = re.compile(rb"<(?:[\w.-]+:)?fileDetails[\s/>]")
_SMALL: Final = 32_000  # bytes
_MOST_HELD: Final = 256  # small files
_REPORT: Final = re.compile(rb"<(?:[\w.-]+:)?report[\s/>]")


@dataclass(slots=True)
class _Parts:
    """The `<fileDetails>` of one folder or package, waiting for their report."""

    by_number: dict[str, list[SourceRecord]] = field(default_factory=lambda: defaultdict(list))
    numbers_in_folder: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    reports_in_folder: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    uninvited: set[int] = field(default_factory=set)  # from files nobody named: join or be dropped

    def add(self, part: SourceRecord, file: SourceFile, *, was_named: bool) -> None:
        self.by_number[part.report_number or ""].append(part)
        if part.report_number:
            self.numbers_in_folder[file.folder].add(part.report_number)
        if not was_named:
            self.uninvited.add(id(part))

    def number_for(self, file: SourceFile) -> tuple[str | None, str | None]:
        """Return the number of the file's only report and where it stood, or (None, None)."""
        beside = self.numbers_in_folder.get(file.folder, set())
        if len(beside) == 1 and self.reports_in_folder[file.folder] == 1:
            return next(iter(beside)), "file_details"
        named = report_number_in_name(basename(file.name))  # noqa: PTH119 - every file passes; a tenth of PurePath
        if named is not None:
            return named, "file_name"
        named = report_number_in_name(_folder_name(file))
        if named is not None:
            return named, "folder_name"
        # Also those that a report before this one has taken: what is left over may be another's.
        everywhere = set().union(*self.numbers_in_folder.values())
        if len(everywhere) == 1 and sum(self.reports_in_folder.values()) == 1:
            return next(iter(everywhere)), "file_details"
        return None, None

    def join(self, report: SourceRecord) -> None:
        """Move the waiting files of this report's number into the report."""
        if report.report_number:
            for part in self.by_number.pop(report.report_number, []):
                merge_part(report, part)

    def leftovers(self) -> Iterator[SourceRecord]:
        """Yield what found no report, one record a report number."""
        for number, parts in self.by_number.items():
            named = [part for part in parts if id(part) not in self.uninvited]
            if not number:
                yield from named
            elif named:
                for part in named[1:]:
                    merge_part(named[0], part)
                yield named[0]


def merge_part(report: SourceRecord, part: SourceRecord) -> None:
    """Add a part's rows to its report, numbered on and with the part's own file in their path."""
    offsets = {
        column: len(report.rows[table])
        for table, column in NUMBERED.items()
        if table in report.rows
    }
    for table, rows in part.rows.items():
        if table == "report":
            continue
        for row in rows:
            for column, offset in offsets.items():
                if isinstance(row.get(column), int):
                    row[column] += offset
            row["_path"] = f"{part.location.file}#{row.get('_path', '')}"
        report.rows.setdefault(table, []).extend(rows)


def _folder_name(file: SourceFile) -> str:
    package, is_member, member = file.name.rpartition("!/")
    if is_member:
        return PurePath(member).parent.name or PurePath(package).stem
    return PurePath(file.folder).name


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Reads folders with a set of connectors; fields nobody reads are counted in `unread`."""

    connectors: Sequence[Connector]
    unread: UnreadFields
    largest_bytes: int
    limits: Limits
    # Name -> why, as a code; grows while one reads.
    not_to_be_read: Mapping[str, str] = field(default_factory=dict)

    def read(self, folder: Folder) -> Iterator[ReadEvent]:
        """Yield what every file of the folder gives, each report whole."""
        parts, others = _Parts(), []
        held: dict[str, bytes] = {}
        for pending in folder.found:
            holds = pending.holds or self._look(pending, held)
            if holds == "part":
                yield FileBegun(pending)
                yield from self._take_parts(self._open(pending, held), parts, was_named=True)
            else:
                parts.reports_in_folder[folder.path] += holds == "report"
                others.append(pending)
        if folder.report_count is not None:
            parts.reports_in_folder[folder.path] = folder.report_count
        for pending in folder.beside if others else []:
            if (pending.holds or look(pending)) == "part":
                yield FileBegun(pending)
                for event in self._take_parts(self._open(pending, held), parts, was_named=False):
                    if isinstance(event, RecordRejectedError):
                        yield event
        for pending in others:
            yield FileBegun(pending)
            yield from self._read_files(list(self._open(pending, held)), parts)
        yield from parts.leftovers()

    def _look(self, pending: PendingFile, held: dict[str, bytes]) -> Holds:
        """Look at a file's head; a small file is read to its end at once and held till its turn."""
        if has_no_xml(pending):
            return "other"
        if pending.byte_count > _SMALL or len(held) >= _MOST_HELD:
            return look(pending)
        content = content_of(pending, self.largest_bytes)
        if isinstance(content, RecordRejectedError):
            return "other"
        held[pending.path] = content
        return holds(head_of(content))

    def _open(self, pending: PendingFile, held: dict[str, bytes]) -> Iterator[Found]:
        code = self.not_to_be_read.get(pending.name)
        if code is not None:
            return iter((not_read(pending.name, code, self.limits),))
        content = held.pop(pending.path, None)
        return open_file(pending, self.largest_bytes, self.limits, content)

    def _take_parts(
        self, found: Iterator[Found], parts: _Parts, *, was_named: bool
    ) -> Iterator[ReadEvent]:
        for item in found:
            if not isinstance(item, SourceFile):
                yield item
                continue
            for event in self._read_file(item):
                if isinstance(event, SourceRecord) and event.is_part:
                    parts.add(event, item, was_named=was_named)
                else:
                    yield event

    def _read_files(self, found: list[Found], parts: _Parts) -> Iterator[ReadEvent]:
        """Read a file, or the members of a package, which are a folder of their own."""
        files = [item for item in found if isinstance(item, SourceFile)]
        yield from (item for item in found if not isinstance(item, SourceFile))
        is_package = any("!/" in file.name for file in files)
        scope = _Parts() if is_package else parts
        reports = []
        for file in files:
            head = head_of(file.content)
            if is_package and _holds_part(head):
                yield from self._take_parts(iter([file]), scope, was_named=True)
            else:
                if is_package:
                    scope.reports_in_folder[file.folder] += bool(_REPORT.search(head))
                reports.append(file)
        left = total = sum(len(file.content) for file in reports)
        for file in reports:
            if is_package:
                yield MemberReached(1 - left / total, len(file.content) / total)
                left -= len(file.content)
            yield from self._read_reports(file, scope)
        if is_package:
            yield from scope.leftovers()

    def _read_reports(self, file: SourceFile, parts: _Parts) -> Iterator[ReadEvent]:
        numberless: list[SourceRecord] = []
        for event in self._read_file(file):
            if not isinstance(event, SourceRecord):
                yield event
            elif event.is_part:
                parts.add(event, file, was_named=True)
            elif event.report_number is None and event.source_format == "cybertipline_xml":
                numberless.append(event)
            else:
                if event.report_number is not None:
                    event.report_number_source = event.report_number_source or "document"
                parts.join(event)
                yield event
        if len(numberless) == 1:
            report = numberless[0]
            report.report_number, report.report_number_source = parts.number_for(file)
            parts.join(report)
        yield from numberless

    def _read_file(self, file: SourceFile) -> Iterator[ReadEvent]:
        if "!/" in file.name:
            if file.name in self.not_to_be_read:
                yield not_read(file.name, self.not_to_be_read[file.name], self.limits)
                return
            yield MemberBegun(file.name)
        is_odd = might_be_odd(file)
        try:
            connector = next((c for c in self.connectors if c.recognises(file)), None)
            yield FileOpened(file, connector.source_format if connector else None)
            if connector is None:
                yield not_a_report(file)
                return
            events = connector.read(file, self.unread)
            while file.name not in self.not_to_be_read:
                event = next(events, None)
                if event is None:
                    return
                if is_odd and isinstance(event, SourceRecord):
                    clean(event, self.unread)
                yield event
            yield not_read(file.name, self.not_to_be_read[file.name], self.limits)
        except RecordRejectedError as rejected:
            yield rejected
        except MemoryError:
            yield too_large_inside(file.name, self.limits)
        except Exception as error:  # noqa: BLE001 - one file must never end the import of the others
            yield reader_failed(file, error)


def look(pending: PendingFile) -> Holds:
    """Say from a file's first bytes what it holds."""
    return "other" if has_no_xml(pending) else holds(read_head(pending))


def holds(head: bytes) -> Holds:
    """Say what a file holds that begins like this."""
    if head.startswith(PACKED):  # a member shows if it is stored as it is; none is read alone
        return "other"
    if _holds_part(head):
        return "part"
    return "report" if _REPORT.search(head) else "other"


def _holds_part(head: bytes) -> bool:
    # The plain search spares the pattern a try at every element.
    return b"fileDetails" in head and _PART.search(head) is not None
