"""Hotline reports about web addresses and hosting: ICCAM, versions 2 and 3 (FORMATS section 4).

They name no suspect: no party is made. Their numbers are their own (`source_system` iccam) and
never meet those of the CyberTipline.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from connectors.containers import Search, out_of_place, places_within
from connectors.cybertipline_json.document import parse, too_deep
from connectors.hotline.settle import settle
from connectors.shapes import read_allow_list
from connectors.walk import PathStyle, Shape, Source, SourceValue, Walk, is_stated
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import DEFAULT_LIMITS, Limits
from workbench.model.record import SetAside, SourceFile, SourceRecord, SourceRow, UnreadFields

VERSION_2: Final = "iccam_v2"
VERSION_3: Final = "iccam_v3"
_STYLE: Final = PathStyle(separator=".", first_index=0)
_MARKS: Final = (b"reportcontents", b"urlstring", b"reportid")
# As a name, not as a text: inside a text its quotation marks would be escaped.
_OURS: Final = re.compile(rb'"(?:reportContents|Items|contentId)"\s*:', re.IGNORECASE)
_CYBERTIPLINE: Final = re.compile(
    rb'"(?:reportedInformation|automatedInformation|additionalNcmecInformation'
    rb'|lawEnforcementContactInformation)"\s*:'
)
_CONTENT: Final = "(content)"
_PARTS: Final = frozenset({"items", "item", "reportcontents", "reportcontent"})


class HotlineJson:
    """One report, a list, or a container around them; each item may be of either version."""

    source_format = "iccam"

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        shapes = read_allow_list("connectors.hotline").shapes
        self._shapes = {VERSION_2: shapes["report_v2"], VERSION_3: shapes["report_v3"]}
        self._lone_content = shapes["lone_content_v3"]

    def recognises(self, file: SourceFile) -> bool:
        """Say whether it is JSON that names the parts of a hotline report and no CyberTipline's."""
        content = file.content
        if b"\0" in content[:4]:  # UTF-16 and UTF-32 become readable enough
            content = content.replace(b"\0", b"")
        head = content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return (
            head[:1] in (b"{", b"[")
            # First, for a CyberTipline report says so at once and most files are some.
            and _CYBERTIPLINE.search(content) is None
            and _OURS.search(content) is not None
            and any(mark in content.lower() for mark in _MARKS)
        )

    def read(
        self, file: SourceFile, unread: UnreadFields
    ) -> Iterator[SourceRecord | SetAside | RecordRejectedError]:
        """Yield each report of the file; see `Connector.read`."""
        document = parse(file, self._limits)
        found = False
        count_unread = partial(unread.add, self.source_format)
        for path, source in Search(_is_report, _looks_like_one, count_unread).find(document):
            found = True
            version = version_of(source)
            if version and isinstance(source, dict):
                yield from self._record(file, source, path, version, unread)
            else:
                yield _not_a_report(file, path)
        if not found:
            raise _not_a_report(file, "")

    def _record(
        self, file: SourceFile, source: Source, path: str, version: str, unread: UnreadFields
    ) -> Iterator[SourceRecord | RecordRejectedError]:
        """Yield a report, and a refusal for each that stands inside it."""
        walk = Walk(version, _STYLE, unread)
        shape, said = self._form_of(source, version)
        try:
            number = walk.report(shape, said, path).get("report_number")
        except RecursionError:
            yield too_deep(file)
            return
        rows = settle(walk.rows)
        if said is not source:
            _take_wrapping_away(rows)
        is_numbered = isinstance(number, str) and is_stated(number)
        yield SourceRecord(
            location=SourceLocation(file.name, path),
            source_format=version,
            rows=rows,
            report_number=str(number).strip() if is_numbered else None,
            report_number_source="document" if is_numbered else None,
            source_system="iccam",
        )
        for part in walk.unknown_parts:
            for place in places_within(*part, _is_one):
                yield out_of_place(file.name, place)

    def _form_of(self, source: Source, version: str) -> tuple[Shape, Source]:
        """Return how a report is read; a content that stands alone is put into one."""
        names = {key.casefold(): key for key in source}
        if version == VERSION_2 or "reportcontents" in names or "contentid" not in names:
            return self._shapes[version], source
        number = names.get("reportid")
        around = {"reportId": source[number]} if number else {}
        return self._lone_content, {**around, _CONTENT: dict(source)}


def _take_wrapping_away(rows: Mapping[str, list[SourceRow]]) -> None:
    """Let the places of a content that stands alone be those of the file."""
    for row in (row for found in rows.values() for row in found):
        row["_path"] = row["_path"].replace(f"{_CONTENT}.", "").replace(_CONTENT, "")


def version_of(source: SourceValue) -> str:
    """Return which version's names a report uses; empty for something else."""
    if not isinstance(source, dict):
        return ""
    names = {key.casefold() for key in source}
    if "reportcontents" in names or {"contentid", "url"} <= names:
        return VERSION_3
    if "reportid" in names and names & {"items", "url"}:
        return VERSION_2
    return ""


def _is_report(source: SourceValue) -> bool:
    return bool(version_of(source))


def _looks_like_one(source: SourceValue) -> bool:
    """Say whether a report was meant, if only to say that this one cannot be read."""
    if not isinstance(source, dict):
        return False
    names = {key.casefold() for key in source}
    return "reportid" in names and not names.isdisjoint(_PARTS)


def _is_one(source: SourceValue) -> bool:
    """Say whether a whole report stands here; an address by itself may belong to the one around."""
    return isinstance(source, dict) and (_looks_like_one(source) or version_of(source) == VERSION_2)


def _not_a_report(file: SourceFile, path: str) -> RecordRejectedError:
    return RecordRejectedError(
        "This is JSON, but not a hotline report: no report id with its addresses.",
        code="not_a_report",
        remedy="Import the report as the hotline's system gave it (ICCAM version 2 or 3).",
        location=SourceLocation(file.name, path),
    )
