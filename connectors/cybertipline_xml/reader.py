"""The XML that providers submit: `<report>` and, per file, `<fileDetails>` (FORMATS section 1)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from connectors.containers import out_of_place
from connectors.cybertipline_xml.document import local_name, parse, plain
from connectors.cybertipline_xml.strays import (
    NAMES,
    REPLIES,
    Found,
    carriers,
    holds_documents,
    number_within,
    places_of_documents,
)
from connectors.limits import shortened
from connectors.media import plain_name
from connectors.shapes import read_allow_list
from connectors.walk import Inside, PathStyle, Source, Walk, is_stated
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import DEFAULT_LIMITS, Limits
from workbench.model.record import SetAside, SourceFile, SourceRecord, UnreadFields

_STYLE: Final = PathStyle(separator="/", first_index=1)
_MARK: Final = re.compile(
    rb"<(?:[\w.-]+:)?(?:report|fileDetails|reportResponse|reportDoneResponse)[\s/>]"
)
_WRAPPERS_DEEP: Final = 4  # elements around documents before one asks whether there are any


class CyberTiplineXml:
    """A report, a file's details, or a container of these, under whatever namespace."""

    source_format = "cybertipline_xml"

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        shapes = read_allow_list("connectors.cybertipline_xml").shapes
        self._report = shapes["report"]
        self._file_details = shapes["file_details"]
        self._file = shapes["file"]
        self._shape_of = {"report": self._report, "fileDetails": self._file}

    def recognises(self, file: SourceFile) -> bool:
        """Say whether it begins like XML and holds one of the elements we know."""
        content = file.content
        if b"\0" in content[:4]:  # UTF-16 and UTF-32 become readable enough
            content = content.replace(b"\0", b"")
        head = content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return head.startswith(b"<") and _MARK.search(content) is not None

    def read(
        self, file: SourceFile, unread: UnreadFields
    ) -> Iterator[SourceRecord | SetAside | RecordRejectedError]:
        """Yield each report and each file's details of the file; see `Connector.read`."""
        root = parse(file, self._limits)
        found = list(self._documents(root, f"/{local_name(root.tag)}", unread, 0, None))
        for place, one in enumerate(found, start=1):
            for read in self._read_one(file, one, unread):
                if isinstance(read, SourceRecord):
                    read.part_read = place / len(found)
                yield read
        if not found:
            raise _not_a_report(file, root, "")

    def _documents(
        self,
        element: etree._Element,
        path: str,
        unread: UnreadFields,
        depth: int,
        number: str | None,
    ) -> Iterator[Found]:
        """Find the documents in a file, whatever is wrapped around them."""
        name = local_name(element.tag)
        carried = carriers(element, self._report) if name == "report" else frozenset()
        if carried:
            number = number_within(element)
        is_document = name in NAMES and (not carried or self._says_something(element, carried))
        if is_document:
            yield Found(element, path, number)
        elif not len(element) or (depth == _WRAPPERS_DEEP and not holds_documents(element)):
            if depth:
                unread.add(self.source_format, re.sub(r"\[\d+\]", "", plain_name(path)))
            return
        seen: dict[str, int] = {}
        for child in element if carried or not is_document else ():
            inner = local_name(child.tag)
            seen[inner] = seen.get(inner, 0) + 1
            if inner in carried or not is_document:
                place = f"{shortened(path)}/{inner}[{seen[inner]}]"
                yield from self._documents(child, place, unread, depth + 1, number)

    def _says_something(self, report: etree._Element, carried: frozenset[str]) -> bool:
        """Say whether a `<report>` around documents is a report itself; a number alone is none."""
        names = {local_name(child.tag) for child in report} - carried - {"reportId"}
        return any(self._report.find(name) is not None for name in names)

    def _read_one(
        self, file: SourceFile, found: Found, unread: UnreadFields
    ) -> Iterator[SourceRecord | SetAside | RecordRejectedError]:
        """Yield a document, and a refusal for each inside it that stands where none is read."""
        element, path, number = found
        name = local_name(element.tag)
        if name in REPLIES:
            yield SetAside(
                file=file.name,
                kind="ncmec_reply",
                byte_count=len(file.content),
                reason=f"{name}: NCMEC's answer to a submission, not a report",
            )
            return
        walk, source = Walk(self.source_format, _STYLE, unread), plain(element)
        if name == "fileDetails":
            part = self._file_part(file, source, path, walk)
            if part.report_number is None and number:
                part.report_number, part.report_number_source = number, "document"
            yield part
        elif not any(self._report.find(key) for key in source):
            yield _not_a_report(file, element, path)
        else:
            yield self._whole_report(file, found, source, walk)
        for unknown in walk.unknown_parts:
            for place in places_of_documents(*unknown, self._shape_of):
                yield out_of_place(file.name, place)

    def _whole_report(
        self, file: SourceFile, found: Found, source: Source, walk: Walk
    ) -> SourceRecord:
        carried = carriers(found.element, self._report)
        if carried:
            source = {name: value for name, value in source.items() if name not in carried}
        row = walk.report(self._report, source, found.path)
        provider = _provider(row, walk)
        if provider is not None:
            row["provider_as_written"] = provider
        record = self._record(file, walk, found.path, source="document", is_part=False)
        if carried and record.report_number is None and found.number:
            record.report_number, record.report_number_source = found.number, "file_details"
        return record

    def _file_part(self, file: SourceFile, source: Source, path: str, walk: Walk) -> SourceRecord:
        said = {key: value for key, value in source.items() if self._file_details.find(key)}
        walk.report(self._file_details, said, path)
        row = walk.open_row("file_record", Inside({}), path)
        walk.add_row("file_record", row)
        walk.fill(self._file, source, Inside(row, file_no=1), walk.stem(path))
        return self._record(file, walk, path, source="file_details", is_part=True)

    def _record(
        self, file: SourceFile, walk: Walk, path: str, *, source: str, is_part: bool
    ) -> SourceRecord:
        number = walk.rows["report"][0].get("report_number")
        is_numbered = isinstance(number, str) and is_stated(number)
        return SourceRecord(
            location=SourceLocation(file.name, path),
            source_format=self.source_format,
            rows=walk.rows,
            report_number=str(number) if is_numbered else None,
            report_number_source=source if is_numbered else None,
            is_part=is_part,
        )


def _provider(row: dict[str, Any], walk: Walk) -> str | None:
    """The format has no company name (FORMATS 1.6): the platform, else the account's service."""
    services = [
        party.get("service")
        for party in walk.rows.get("party", ())
        if party.get("role") == "reported_user"
    ]
    return next((name for name in (row.get("platform"), *services) if is_stated(name)), None)


def _not_a_report(file: SourceFile, element: etree._Element, path: str) -> RecordRejectedError:
    name = local_name(element.tag)[:40]
    return RecordRejectedError(
        f"This is XML, but <{name}> holds no CyberTipline report and no file details.",
        code="not_a_report",
        remedy="Import the report file as the provider submitted it.",
        location=SourceLocation(file.name, path),
    )
