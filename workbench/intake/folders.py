"""One folder or package -> whole reports: all files are read, details before their report."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workbench.errors import RecordRejectedError
from workbench.intake.contents import Found, head_of
from workbench.intake.events import FileBegun, FileOpened, MemberBegun, MemberReached, ReadEvent
from workbench.intake.file_details import Parts, lacks_number, settled
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

_PART: Final = re.compile(rb"<(?:[\w.-]+:)?fileDetails[\s/>]")
_SMALL: Final = 32_000  # bytes
_MOST_HELD: Final = 256  # small files
_REPORT: Final = re.compile(rb"<(?:[\w.-]+:)?report[\s/>]")


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
        parts, others = Parts(), []
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
            beside = pending.holds or look(pending)
            # Nobody named it, yet what lies beside it may be its own.
            parts.reports_in_folder[folder.path] += beside == "report"
            if beside == "part":
                yield FileBegun(pending)
                for event in self._take_parts(self._open(pending, held), parts, was_named=False):
                    if isinstance(event, RecordRejectedError):
                        yield event
        yield from self._settle_held(parts)
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
        self, found: Iterator[Found], parts: Parts, *, was_named: bool
    ) -> Iterator[ReadEvent]:
        for item in found:
            if not isinstance(item, SourceFile):
                yield item
                continue
            reports = []
            for event in self._read_file(item):
                if not isinstance(event, SourceRecord):
                    yield event
                elif event.is_part:
                    parts.add(event, item, was_named=was_named)
                else:
                    reports.append(event)
            if reports:
                parts.reports_in_folder[item.folder] += 1
            if was_named:
                parts.held.append((item, reports))

    def _settle_held(self, parts: Parts) -> Iterator[SourceRecord]:
        for file, reports in parts.held:
            yield from settled(file, reports, parts)
        parts.held.clear()

    def _read_files(self, found: list[Found], parts: Parts) -> Iterator[ReadEvent]:
        """Read a file, or the members of a package, which are a folder of their own."""
        files = [item for item in found if isinstance(item, SourceFile)]
        yield from (item for item in found if not isinstance(item, SourceFile))
        is_package = any("!/" in file.name for file in files)
        scope = Parts() if is_package else parts
        reports = []
        for file in files:
            head = head_of(file.content)
            if is_package and _holds_part(head):
                yield from self._take_parts(iter([file]), scope, was_named=True)
            else:
                if is_package:
                    scope.reports_in_folder[file.folder] += bool(_REPORT.search(head))
                reports.append(file)
        if is_package:
            yield from self._settle_held(scope)
        left = total = sum(len(file.content) for file in reports)
        for file in reports:
            if is_package:
                yield MemberReached(1 - left / total, len(file.content) / total)
                left -= len(file.content)
            yield from self._read_reports(file, scope)
        if is_package:
            yield from scope.leftovers()

    def _read_reports(self, file: SourceFile, parts: Parts) -> Iterator[ReadEvent]:
        # What gives a report its number, and its files, can stand behind it.
        is_mixed = _holds_part(file.content)
        held: list[SourceRecord] = []
        for event in self._read_file(file):
            if not isinstance(event, SourceRecord):
                yield event
            elif event.is_part:
                parts.add(event, file, was_named=True)
            elif is_mixed or lacks_number(event):
                held.append(event)
            else:
                yield from settled(file, [event], parts)
        yield from settled(file, held, parts)

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
