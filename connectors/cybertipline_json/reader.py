"""The JSON that police download from NCMEC (FORMATS section 2)."""

import json
from collections.abc import Iterator
from json import detect_encoding
from typing import Any, Final, NoReturn

from connectors.shapes import read_allow_list
from connectors.walk import PathStyle, Walk, is_stated
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.record import SetAside, SourceFile, SourceRecord, UnreadFields

_STYLE: Final = PathStyle(separator=".", first_index=0)
_SECTIONS: Final = (
    "reportedInformation",
    "automatedInformation",
    "additionalNcmecInformation",
    "lawEnforcementContactInformation",
)
_MARKS: Final = tuple(f'"{name}"'.encode() for name in (*_SECTIONS, "reportId"))
_WRAPPERS_DEEP: Final = 3  # containers around a list of reports that are looked into
_EXPORT_AGAIN: Final = "Export the report again from the system it came from."


class CyberTiplineJson:
    """One report, a list of reports, a container around them, or one report a line."""

    source_format = "cybertipline_json"

    def __init__(self) -> None:
        self._shape = read_allow_list(__package__).shapes["report"]

    def recognises(self, file: SourceFile) -> bool:
        """Say whether it begins like JSON and names a part of a CyberTipline report."""
        plain = file.content.replace(b"\0", b"")  # UTF-16 and UTF-32 become readable enough
        head = plain[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return head[:1] in (b"{", b"[") and any(mark in plain for mark in _MARKS)

    def read(
        self, file: SourceFile, unread: UnreadFields
    ) -> Iterator[SourceRecord | SetAside | RecordRejectedError]:
        """Yield each report of the file; see `Connector.read`."""
        document = _parse(file)
        if _is_report(document):
            yield self._record(file, document, "", unread)
            return
        found = False
        for path, source in self._reports_in(document, "", unread, 0):
            found = True
            if _is_report(source):
                yield self._record(file, source, path, unread)
            else:
                yield _refusal(file, path)
        if not found:
            raise _refusal(file, "")

    def _record(
        self, file: SourceFile, source: dict[str, Any], path: str, unread: UnreadFields
    ) -> SourceRecord:
        walk = Walk(self.source_format, _STYLE, unread)
        row = walk.report(self._shape, source, path)
        number = row.get("report_number")
        is_numbered = number.__class__ is str and is_stated(number)
        return SourceRecord(
            location=SourceLocation(file.name, path),
            source_format=self.source_format,
            rows=walk.rows,
            report_number=number.strip() if is_numbered else None,  # type: ignore[union-attr]  # str
            report_number_source="document" if is_numbered else None,
        )

    def _reports_in(
        self, document: Any, path: str, unread: UnreadFields, depth: int  # noqa: ANN401 - JSON value
    ) -> Iterator[tuple[str, Any]]:
        """Find the reports inside lists and containers; an item of such a list that is none is kept."""
        if depth > _WRAPPERS_DEEP:
            return
        if isinstance(document, list):
            for index, item in enumerate(document):
                yield f"{path}[{index}]", item
        elif isinstance(document, dict):
            for key, value in document.items():
                place = f"{path}.{key}" if path else key
                if _is_report(value):
                    yield place, value
                elif _holds_reports(value, depth):
                    yield from self._reports_in(value, place, unread, depth + 1)
                else:
                    unread.add(self.source_format, place)


def _is_report(source: Any) -> bool:  # noqa: ANN401 - JSON value
    """FORMATS 2.1, a little wider: a report from the public has no provider in it."""
    if not isinstance(source, dict):
        return False
    reported = source.get("reportedInformation")
    if isinstance(reported, dict) and "reportingEsp" in reported:
        return True
    return "reportId" in source and any(isinstance(source.get(key), dict) for key in _SECTIONS)


def _holds_reports(value: Any, depth: int) -> bool:  # noqa: ANN401 - JSON value
    if isinstance(value, list):
        return any(_is_report(item) for item in value)
    if isinstance(value, dict) and depth < _WRAPPERS_DEEP:
        return any(_is_report(item) or _holds_reports(item, depth + 1) for item in value.values())
    return False


def _parse(file: SourceFile) -> Any:  # noqa: ANN401 - JSON value
    """Return the document with numbers as text: identifiers lose digits as numbers."""
    try:
        text = file.content.decode(detect_encoding(file.content)).removeprefix("\ufeff").lstrip()
    except UnicodeDecodeError as error:
        raise RecordRejectedError(
            f"The text is not {error.encoding} as its first bytes say (byte {error.start + 1}).",
            code="encoding",
            remedy="Save the file as UTF-8 and import it again.",
            location=SourceLocation(file.name),
        ) from error
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return _parse_one_by_one(file, text)
        raise _not_well_formed(file, error) from error
    except RecursionError as error:
        raise _too_deep(file) from error
    except _UnfitError as error:
        raise error.as_rejection(file) from error


def _parse_one_by_one(file: SourceFile, text: str) -> list[Any]:
    """Read documents that follow each other, such as one report a line."""
    documents = []
    start = 0
    while start < len(text):
        try:
            document, end = _DECODER.raw_decode(text, start)
        except json.JSONDecodeError as error:
            raise _not_well_formed(file, error) from error
        except RecursionError as error:
            raise _too_deep(file) from error
        except _UnfitError as error:
            raise error.as_rejection(file) from error
        documents.append(document)
        start = end + len(text[end:]) - len(text[end:].lstrip())
    return documents


class _UnfitError(ValueError):
    """Well-formed by the letter, and yet it cannot be read without guessing."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def as_rejection(self, file: SourceFile) -> RecordRejectedError:
        return RecordRejectedError(
            str(self), code=self.code, remedy=_EXPORT_AGAIN, location=SourceLocation(file.name)
        )


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    container = dict(pairs)
    if len(container) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # add returns None, which is false
        raise _UnfitError(
            "duplicate_key", f"The name {twice[:40]!r} stands twice in one object; which one counts?"
        )
    return container


def _no_constant(word: str) -> NoReturn:
    raise _UnfitError("not_well_formed", f"{word} is not a JSON number.")


# Raw control characters inside texts are let through: exports wrap free text carelessly.
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_once_each,
    parse_int=str,
    parse_float=str,
    parse_constant=_no_constant,
    strict=False,
)


def _not_well_formed(file: SourceFile, error: json.JSONDecodeError) -> RecordRejectedError:
    return RecordRejectedError(
        f"The file is not well-formed JSON: {error.msg}.",
        code="not_well_formed",
        remedy=f"{_EXPORT_AGAIN} A file that was cut short ends like this too.",
        location=SourceLocation(file.name, f"line {error.lineno}, column {error.colno}"),
    )


def _too_deep(file: SourceFile) -> RecordRejectedError:
    return RecordRejectedError(
        "The document is nested deeper than any report.",
        code="too_deep",
        remedy=_EXPORT_AGAIN,
        location=SourceLocation(file.name),
    )


def _refusal(file: SourceFile, path: str) -> RecordRejectedError:
    return RecordRejectedError(
        "This is JSON, but not a CyberTipline report: no reportId with reportedInformation.",
        code="not_a_report",
        remedy="Import the report file as the case system gave it.",
        location=SourceLocation(file.name, path),
    )
