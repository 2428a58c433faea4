"""The JSON that police download from NCMEC (FORMATS section 2)."""

from collections.abc import Iterator
from functools import partial
from typing import Final, TypeGuard

from connectors.containers import Search, only_section, out_of_place, places_within
from connectors.cybertipline_json.document import parse, too_deep
from connectors.shapes import read_allow_list
from connectors.walk import PathStyle, SourceValue, Walk, is_stated
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import DEFAULT_LIMITS, Limits
from workbench.model.record import SetAside, SourceFile, SourceRecord, UnreadFields

_STYLE: Final = PathStyle(separator=".", first_index=0)
_SECTIONS: Final = (
    "reportedInformation",
    "automatedInformation",
    "additionalNcmecInformation",
    "lawEnforcementContactInformation",
)
_MARKS: Final = tuple(f'"{name}"'.encode() for name in (*_SECTIONS, "reportId"))
_LOOKED_AT: Final = 8_192  # bytes in which a report names one of its parts

Document = dict[str, SourceValue]


class CyberTiplineJson:
    """One report, a list of reports, a container around them, or one report a line."""

    source_format = "cybertipline_json"

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._shape = read_allow_list("connectors.cybertipline_json").shapes["report"]

    def recognises(self, file: SourceFile) -> bool:
        """Say whether it begins like JSON and names a part of a CyberTipline report."""
        content = file.content
        if b"\0" in content[:4]:  # UTF-16 and UTF-32 become readable enough
            content = content[:_LOOKED_AT].replace(b"\0", b"")
        head = content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return head[:1] in (b"{", b"[") and any(mark in content for mark in _MARKS)

    def read(
        self, file: SourceFile, unread: UnreadFields
    ) -> Iterator[SourceRecord | SetAside | RecordRejectedError]:
        """Yield each report of the file; see `Connector.read`."""
        document = parse(file, self._limits)
        count_unread = partial(unread.add, self.source_format)
        found = list(Search(_is_report, _looks_like_one, count_unread).find(document))
        for number, (path, source) in enumerate(found, start=1):
            if _is_report(source):
                for read in self._record(file, source, path, unread):
                    if isinstance(read, SourceRecord):
                        read.part_read = number / len(found)
                    yield read
            else:
                yield _not_a_report(file, path)
        if not found:
            raise _not_a_report(file, "")

    def _record(
        self, file: SourceFile, source: Document, path: str, unread: UnreadFields
    ) -> Iterator[SourceRecord | RecordRejectedError]:
        """Yield a report, and a refusal for each that stands inside it."""
        walk = Walk(self.source_format, _STYLE, unread)
        try:
            number = walk.report(self._shape, source, path).get("report_number")
        except RecursionError:
            yield too_deep(file)
            return
        is_numbered = isinstance(number, str) and is_stated(number)
        yield SourceRecord(
            location=SourceLocation(file.name, path),
            source_format=self.source_format,
            rows=walk.rows,
            report_number=str(number).strip() if is_numbered else None,
            report_number_source="document" if is_numbered else None,
        )
        for place, part in walk.unknown_parts:
            around, _, name = place.rpartition(".")
            if name == _SECTIONS[0] and isinstance(part, dict):  # where its number alone is read
                yield out_of_place(file.name, around)
            for inner in places_within(place, part, _is_one):
                yield out_of_place(file.name, inner)


def _is_report(source: SourceValue) -> TypeGuard[Document]:
    """FORMATS 2.1, a little wider: a report from the public has no provider in it."""
    if not isinstance(source, dict):
        return False
    reported = only_section(source, "reportedInformation")
    if isinstance(reported, dict) and "reportingEsp" in reported:
        return True
    return "reportId" in source and any(
        isinstance(only_section(source, name), dict) for name in _SECTIONS
    )


def _looks_like_one(source: SourceValue) -> bool:
    """Say whether a report was meant, if only to say that this one cannot be read."""
    return (
        isinstance(source, dict)
        and "reportId" in source
        and any(isinstance(source.get(name), dict | list) for name in _SECTIONS)
    )


def _is_one(source: SourceValue) -> bool:
    return _is_report(source) or _looks_like_one(source)


def _not_a_report(file: SourceFile, path: str) -> RecordRejectedError:
    return RecordRejectedError(
        "This is JSON, but not a CyberTipline report: no reportId with reportedInformation.",
        code="not_a_report",
        remedy="Import the report file as the case system gave it.",
        location=SourceLocation(file.name, path),
    )
