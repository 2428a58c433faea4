"""`<fileDetails>` find their `<report>`, and a `<report>` its number.

`<report>` carries no report number (FORMATS 0). It comes from the `<fileDetails>` beside it, else
from the name of the file or folder, else it stays null. Details that find no report are a source of
their own, which never stands before a whole report.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from os.path import basename
from pathlib import PurePath
from typing import Final

from workbench.model.record import SourceFile, SourceRecord
from workbench.model.tables import NUMBERED
from workbench.normalise.report_number import normalise_report_number, report_number_in_name

_DETAILS_ALONE: Final = "cybertipline_file_details"


@dataclass(slots=True)
class Parts:
    """The `<fileDetails>` of one folder or package, waiting for their report."""

    by_number: dict[str, list[SourceRecord]] = field(default_factory=lambda: defaultdict(list))
    numbers_in_folder: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    reports_in_folder: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    uninvited: set[int] = field(default_factory=set)  # from files nobody named: join or be dropped
    # Whole reports that stand in a file with details: all details are to be known first.
    held: list[tuple[SourceFile, list[SourceRecord]]] = field(default_factory=list)

    def add(self, part: SourceRecord, file: SourceFile, *, was_named: bool) -> None:
        """Take details in, to wait for their report."""
        number = _as_key(part.report_number)
        self.by_number[number].append(part)
        if number:
            self.numbers_in_folder[file.folder].add(number)
        if not was_named:
            self.uninvited.add(id(part))

    def number_for(self, file: SourceFile) -> tuple[str | None, str | None]:
        """Return the number of the file's only report and where it stood, or (None, None)."""
        beside = self.numbers_in_folder.get(file.folder, set())
        report_count = self.reports_in_folder[file.folder]
        if len(beside) == 1 and report_count == 1:
            return next(iter(beside)), "file_details"
        named = report_number_in_name(basename(file.name))  # noqa: PTH119 - every file passes; a tenth of PurePath
        if named is not None:
            return named, "file_name"
        named = report_number_in_name(_folder_name(file))
        if named is not None and report_count <= 1:  # several are not all called like their folder
            return named, "folder_name"
        # Also those that a report before this one has taken: what is left over may be another's.
        everywhere = set().union(*self.numbers_in_folder.values())
        if len(everywhere) == 1 and sum(self.reports_in_folder.values()) == 1:
            return next(iter(everywhere)), "file_details"
        return None, None

    def join(self, report: SourceRecord) -> None:
        """Move the waiting files of this report's number into the report.

        A row of a list is no whole report, and a lead or a hotline's report has other numbers.
        """
        is_whole = report.source_system == "cybertipline" and report.source_format != "tabular"
        if report.report_number and is_whole:
            for part in self.by_number.pop(_as_key(report.report_number), []):
                merge_part(report, part)

    def leftovers(self) -> Iterator[SourceRecord]:
        """Yield what found no report, one record a report number."""
        for number, parts in self.by_number.items():
            named = [part for part in parts if id(part) not in self.uninvited]
            for part in named:
                part.source_format = _DETAILS_ALONE
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


def _as_key(report_number: str | None) -> str:
    """Return a number in its one spelling, or nothing."""
    return (normalise_report_number(report_number) or "") if report_number else ""


def _folder_name(file: SourceFile) -> str:
    package, is_member, member = file.name.rpartition("!/")
    if is_member:
        return PurePath(member).parent.name or PurePath(package).stem
    return PurePath(file.folder).name


def lacks_number(report: SourceRecord) -> bool:
    """Say whether it is a `<report>` whose number has to be found."""
    return report.report_number is None and report.source_format == "cybertipline_xml"


def settled(
    file: SourceFile, reports: Sequence[SourceRecord], parts: Parts
) -> Iterator[SourceRecord]:
    """Yield whole reports of one file with their number and their files."""
    numberless = [report for report in reports if lacks_number(report)]
    for report in reports:
        if len(numberless) == 1 and report is numberless[0]:
            report.report_number, report.report_number_source = parts.number_for(file)
        elif report.report_number is not None:
            report.report_number_source = report.report_number_source or "document"
        parts.join(report)
        yield report
