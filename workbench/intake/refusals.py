"""Why a file found below the named paths is not read, in the words of the count sheet."""

import re
from pathlib import PurePath
from typing import Final, NamedTuple

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.intake.contents import head_of
from workbench.model.limits import Limits
from workbench.model.record import SetAside, SourceFile

READER_DIED: Final = "reader_died"
TOOK_TOO_LONG: Final = "took_too_long"
_LOADED_BEFORE: Final = "Any report read from it before that is loaded."
_TEXT_SUFFIXES: Final = frozenset({".txt", ".md", ".log", ".rtf", ".html", ".htm"})
# What a report says of itself, whatever wrote it.
_REPORT_SIGN: Final = re.compile(
    rb"CyberTipline\s+Report[\s#:]*[0-9]|\"reportId\"|<report[\s>]", re.IGNORECASE
)


class LeftOut(NamedTuple):
    """Why a file is not read, or no further: what it gave before it ended a process is known.

    `pieces` of its unit were known by then. Read again, it gives the same until there are as many.
    """

    code: str
    pieces: int


def not_a_report(file: SourceFile) -> SetAside | RecordRejectedError:
    """Refuse what no connector recognises; a text in a package that is no report is set aside."""
    suffix = PurePath(file.name).suffix.lower()
    if "!/" in file.name and suffix in _TEXT_SUFFIXES:
        if _REPORT_SIGN.search(head_of(file.content)):
            return RecordRejectedError(
                "This text reads like a report, but in no format we read.",
                code="not_a_report",
                remedy="Look into it. Import the JSON, XML or PDF of the same report.",
                location=SourceLocation(file.name),
            )
        return SetAside(file.name, "text", len(file.content), "a text beside the reports")
    return RecordRejectedError(
        "This is not a report in any format we read.",
        code="not_a_report",
        remedy="Import CyberTipline JSON or XML, or a table for which a column map exists.",
        location=SourceLocation(file.name),
    )


def not_read(name: str, code: str, limits: Limits) -> RecordRejectedError:
    """Refuse a file that ended the process that read it, or had to be ended with it."""
    location = SourceLocation(name)
    if code == TOOK_TOO_LONG:
        seconds = f"{limits.seconds_without_result:,} seconds"
        return RecordRejectedError(
            f"Reading this file was stopped twice: nothing came of it for {seconds}. "
            f"{_LOADED_BEFORE}",
            code=code,
            remedy=limits.remedy("seconds_without_result", "Split it into smaller files"),
            location=location,
        )
    return RecordRejectedError(
        f"Reading this file ended each process that tried. {_LOADED_BEFORE}",
        code=code,
        remedy="Import the other files without it, and report this as a defect: a file should "
        "never do that. Where memory is short, close other programs and import it alone.",
        location=location,
    )


def too_large_inside(name: str, limits: Limits) -> RecordRejectedError:
    """Refuse a file that grows too much when it is read."""
    return RecordRejectedError(
        f"Reading this file takes more memory than an import may use. {_LOADED_BEFORE}",
        code="too_large_inside",
        remedy=limits.remedy("reader_memory_bytes", "Split it into smaller files"),
        location=SourceLocation(name),
    )


def reader_failed(file: SourceFile, error: Exception) -> RecordRejectedError:
    """Refuse a file with which a reader could not cope."""
    return RecordRejectedError(
        f"The reader gave up on this file in a way nobody foresaw ({type(error).__name__}).",
        code="reader_failed",
        remedy="Please report this as a defect; the file can stay where it is.",
        location=SourceLocation(file.name),
    )
