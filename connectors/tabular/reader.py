"""Tables that units keep or export, read through a column map: CSV and XLSX."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from connectors.media import plain_name
from connectors.tabular.column_map import (
    ColumnMap,
    Target,
    choose_map,
    fold_header,
    read_column_maps,
)
from connectors.tabular.csv_text import Text, csv_sheet, first_line, table_text
from connectors.tabular.joining import Joiner
from connectors.tabular.refusals import (
    above_header,
    garbled,
    no_column_map,
    number_refusal,
    several_maps,
    sheet_without_map,
    swallowed,
    too_long,
    unknown_word,
)
from connectors.tabular.row_shapes import is_row, lines_swallowed
from connectors.tabular.rows import RowBuilder, UnknownWordError
from connectors.tabular.sheets import Line, Sheet, is_table_by_name
from connectors.tabular.workbook import workbook_sheets
from connectors.tabular.workbook_parts import is_workbook
from connectors.walk import is_stated
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import DEFAULT_LIMITS, Limits
from workbench.model.record import SetAside, SourceFile, SourceRecord, UnreadFields

_LINES_ABOVE_HEADER: Final = 10  # titles that somebody wrote above the table
_TWINS_SHOWN: Final = 5


@dataclass(slots=True, frozen=True)
class _Header:
    """The line that names the columns, and the map that fits it."""

    column_map: ColumnMap
    line: Line
    names: Sequence[str]
    targets: Sequence[Target | None]
    above: Sequence[Line]


class Tabular:
    """Every layout for which there is a column map, shipped or the unit's own."""

    source_format = "tabular"

    def __init__(self, column_maps: Path | None, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._maps = read_column_maps(column_maps)

    def recognises(self, file: SourceFile) -> bool:
        """Say whether it is a workbook, has a header that a map knows, or calls itself a table."""
        if is_workbook(file.content):
            return True
        text = table_text(file)
        if text is None or text.first_letter() in ("{", "[", "<"):
            return False
        return is_table_by_name(file) or bool(
            choose_map(self._maps, first_line(text, self._limits))
        )

    def read(
        self, file: SourceFile, unread: UnreadFields
    ) -> Iterator[SourceRecord | SetAside | RecordRejectedError]:
        """Yield a report for each row; see `Connector.read`."""
        found = False
        without_map: list[SetAside] = []
        headers: Sequence[Any] = ()
        for sheet in self._sheets(file):
            if isinstance(sheet, SetAside):
                yield sheet
                continue
            try:
                header, lines = self._header(file, sheet)
                if header is None:
                    without_map.append(sheet_without_map(file, sheet))
                    headers = headers or next((line.cells for line in lines), ())
                    continue
                yield from self._rows(file, header, lines, unread)
            except RecordRejectedError as rejected:  # it ends its sheet, not those behind it
                yield rejected
            found = True
            yield from sheet.notes
        if not found:
            raise no_column_map(file, headers)
        yield from without_map

    def _sheets(self, file: SourceFile) -> Iterator[Sheet | SetAside]:
        if is_workbook(file.content):
            return workbook_sheets(file, self._limits)
        text = table_text(file) or Text(b"", "utf-8")
        return iter((csv_sheet(file, text, self._limits),))

    def _header(self, file: SourceFile, sheet: Sheet) -> tuple[_Header | None, Iterator[Line]]:
        """Look for the header row; without one, return the lines looked at that are not blank."""
        looked_at: list[Line] = []
        for line in sheet.lines:
            if not _is_blank(line):
                names = [_header_text(cell) for cell in line.cells]
                fitting = choose_map(self._maps, names)
                if len(fitting) > 1:
                    raise several_maps(file, line, fitting)
                if fitting:
                    targets = [fitting[0].targets.get(fold_header(name)) for name in names]
                    return _Header(fitting[0], line, names, targets, looked_at), sheet.lines
                looked_at.append(line)
            if len(looked_at) == _LINES_ABOVE_HEADER:
                break
        return None, iter(looked_at)

    def _rows(
        self, file: SourceFile, header: _Header, lines: Iterator[Line], unread: UnreadFields
    ) -> Iterator[SourceRecord | RecordRejectedError]:
        column_map, names, targets = header.column_map, header.names, header.targets
        yield from _lines_not_below(file, header)
        _refuse_header(file, header.line, names)
        nobody_reads = [
            (index, name)
            for index, name in enumerate(names)
            if name and targets[index] is None and fold_header(name) not in column_map.left_out
        ]
        together = column_map.one_referral
        joins = [place for place, name in enumerate(names) if fold_header(name) in together]
        joiner = Joiner(", ".join(names[place] for place in joins), self._limits)
        try:
            for line in lines:
                if _is_blank(line):
                    continue
                for index, name in nobody_reads:
                    if index < len(line.cells) and line.cells[index] not in (None, ""):
                        unread.add(column_map.source_format, plain_name(name))
                record = _record(file, header, line, unread)
                if joins and isinstance(record, SourceRecord):
                    yield from joiner.add(_cells_at(line, joins), record)
                else:
                    yield record
        except RecordRejectedError:  # the table ends here, but the lines before it are good
            yield from joiner.end()
            raise
        yield from joiner.end()


def _lines_not_below(file: SourceFile, header: _Header) -> Iterator[RecordRejectedError]:
    """Yield the refusals of rows above the header, and of those that its own cells hold."""
    for line in header.above:
        if is_row(header.column_map, header.targets, line.cells):
            yield above_header(SourceLocation(file.name, line.place))
    for line in (*header.above, header.line):
        count = lines_swallowed(header.column_map, header.targets, line) if line.delimiter else 0
        if count:
            yield swallowed(count, SourceLocation(file.name, line.place))


def _record(
    file: SourceFile, header: _Header, line: Line, unread: UnreadFields
) -> SourceRecord | RecordRejectedError:
    column_map, targets = header.column_map, header.targets
    location = SourceLocation(file.name, line.place)
    if line.is_garbled:
        return garbled(location)
    if line.delimiter and (count := lines_swallowed(column_map, targets, line)):
        return swallowed(count, location)
    if any(cell not in (None, "") for cell in line.cells[len(targets) :]):
        return too_long(location)
    builder = RowBuilder(column_map, line.place, unread)
    try:
        for target, cell in zip(targets, line.cells, strict=False):
            if target is not None:
                builder.add(target, cell)
    except UnknownWordError as unknown:
        number = builder.rows["report"][0].get("report_number")
        # A header written again has unknown words, but no map should learn them.
        refusal = number_refusal(column_map, number, location) if is_stated(number) else None
        return refusal or unknown_word(unknown.header, column_map, location)
    number = builder.rows["report"][0].get("report_number")
    refusal = number_refusal(column_map, number, location)
    if refusal is not None:
        return refusal
    is_numbered = is_stated(number)
    return SourceRecord(
        location=location,
        source_format=column_map.source_format,
        rows=builder.finish(),
        report_number=str(number).strip() if is_numbered else None,
        report_number_source="document" if is_numbered else None,
        source_system=column_map.source_system,
        part_read=line.part_read,
    )


def _cells_at(line: Line, places: Sequence[int]) -> tuple[str, ...]:
    """Return the cells by which lines belong together; a cell that is not there is blank."""
    cells = (line.cells[place] if place < len(line.cells) else None for place in places)
    return tuple("" if cell is None else str(cell).strip() for cell in cells)


def _header_text(cell: object) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("\ufeff")


def _is_blank(line: Line) -> bool:
    return all(cell is None or (cell.__class__ is str and not cell.strip()) for cell in line.cells)


def _refuse_header(file: SourceFile, header: Line, names: Sequence[str]) -> None:
    if header.is_garbled:
        raise garbled(SourceLocation(file.name, header.place))
    counted = Counter(fold_header(name) for name in names if name)
    twins = sorted({name for name in names if name and counted[fold_header(name)] > 1})
    if twins:
        raise RecordRejectedError(
            f"The header names a column twice: {', '.join(map(plain_name, twins[:_TWINS_SHOWN]))}.",
            code="duplicate_header",
            remedy="Give each column its own name, then import the file again.",
            location=SourceLocation(file.name, header.place),
        )
