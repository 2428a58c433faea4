"""Tables that units keep or export, read through a column map: CSV and XLSX."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
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
                    without_map.append(_sheet_without_map(file, sheet))
                    headers = headers or next((line.cells for line in lines), ())
                    continue
                column_map, header_line = header
                yield from self._rows(file, column_map, header_line, lines, unread)
            except RecordRejectedError as rejected:  # it ends its sheet, not those behind it
                yield rejected
            found = True
            yield from sheet.notes
        if not found:
            raise _no_column_map(file, headers)
        yield from without_map

    def _sheets(self, file: SourceFile) -> Iterator[Sheet | SetAside]:
        if is_workbook(file.content):
            return workbook_sheets(file, self._limits)
        text = table_text(file) or Text(b"", "utf-8")
        return iter((csv_sheet(file, text, self._limits),))

    def _header(
        self, file: SourceFile, sheet: Sheet
    ) -> tuple[tuple[ColumnMap, Line] | None, Iterator[Line]]:
        """Look for the header row; without one, return the lines looked at that are not blank."""
        looked_at = []
        for line in sheet.lines:
            if not _is_blank(line):
                looked_at.append(line)
                fitting = choose_map(self._maps, [_header_text(cell) for cell in line.cells])
                if len(fitting) > 1:
                    raise _several_maps(file, line, fitting)
                if fitting:
                    return (fitting[0], line), sheet.lines
            if len(looked_at) == _LINES_ABOVE_HEADER:
                break
        return None, iter(looked_at)

    def _rows(
        self,
        file: SourceFile,
        column_map: ColumnMap,
        header: Line,
        lines: Iterator[Line],
        unread: UnreadFields,
    ) -> Iterator[SourceRecord | RecordRejectedError]:
        names = [_header_text(cell) for cell in header.cells]
        _refuse_twins(file, header, names)
        together = column_map.one_referral
        targets = [column_map.targets.get(fold_header(name)) for name in names]
        nobody_reads = [
            (index, name)
            for index, name in enumerate(names)
            if name and targets[index] is None and fold_header(name) not in column_map.left_out
        ]
        joins = [place for place, name in enumerate(names) if fold_header(name) in together]
        joiner = Joiner(", ".join(names[place] for place in joins), self._limits)
        try:
            for line in lines:
                if _is_blank(line):
                    continue
                for index, name in nobody_reads:
                    if index < len(line.cells) and line.cells[index] not in (None, ""):
                        unread.add(column_map.source_format, plain_name(name))
                record = _record(file, column_map, targets, line, unread)
                if joins and isinstance(record, SourceRecord):
                    yield from joiner.add(_cells_at(line, joins), record)
                else:
                    yield record
        except RecordRejectedError:  # the table ends here, but the lines before it are good
            yield from joiner.end()
            raise
        yield from joiner.end()


def _record(
    file: SourceFile,
    column_map: ColumnMap,
    targets: Sequence[Target | None],
    line: Line,
    unread: UnreadFields,
) -> SourceRecord | RecordRejectedError:
    location = SourceLocation(file.name, line.place)
    if any(cell not in (None, "") for cell in line.cells[len(targets) :]):
        return RecordRejectedError(
            "The row has more cells than the header.",
            code="row_too_long",
            remedy="Look for a delimiter inside a text, put that text in quotes, import again.",
            location=location,
        )
    builder = RowBuilder(column_map, line.place, unread)
    try:
        for target, cell in zip(targets, line.cells, strict=False):
            if target is not None:
                builder.add(target, cell)
    except UnknownWordError as unknown:
        return RecordRejectedError(
            f"Column {unknown.header!r} says a word that column map {column_map.id!r} lacks.",
            code="row_unknown_word",
            remedy="Add the word to `values` of that column in the map, then import again.",
            location=location,
        )
    number = builder.rows["report"][0].get("report_number")
    refusal = _number_refusal(column_map, number, location)
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


def _number_refusal(
    column_map: ColumnMap, number: object, location: SourceLocation
) -> RecordRejectedError | None:
    if column_map.has_number and not is_stated(number):
        return RecordRejectedError(
            "The row has no report number.",
            code="row_without_number",
            remedy="Fill in the number or delete the row, then import the file again.",
            location=location,
        )
    text = str(number).strip().upper() if is_stated(number) else ""
    if "E+" in text and text.replace("E+", "").replace(",", "").replace(".", "").isdecimal():
        return RecordRejectedError(
            "A spreadsheet program shortened the report number, so its digits are lost.",
            code="row_number_shortened",
            remedy="Format the column as text in the source, export again.",
            location=location,
        )
    return None


def _cells_at(line: Line, places: Sequence[int]) -> tuple[str, ...]:
    """Return the cells by which lines belong together; a cell that is not there is blank."""
    cells = (line.cells[place] if place < len(line.cells) else None for place in places)
    return tuple("" if cell is None else str(cell).strip() for cell in cells)


def _header_text(cell: object) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("\ufeff")


def _is_blank(line: Line) -> bool:
    return all(cell is None or (cell.__class__ is str and not cell.strip()) for cell in line.cells)


def _refuse_twins(file: SourceFile, header: Line, names: Sequence[str]) -> None:
    counted = Counter(fold_header(name) for name in names if name)
    twins = sorted({name for name in names if name and counted[fold_header(name)] > 1})
    if twins:
        raise RecordRejectedError(
            f"The header names a column twice: {', '.join(map(plain_name, twins[:_TWINS_SHOWN]))}.",
            code="duplicate_header",
            remedy="Give each column its own name, then import the file again.",
            location=SourceLocation(file.name, header.place),
        )


def _several_maps(
    file: SourceFile, line: Line, fitting: Sequence[ColumnMap]
) -> RecordRejectedError:
    names = ", ".join(column_map.id for column_map in fitting)
    return RecordRejectedError(
        f"Several column maps fit this header equally well: {names}.",
        code="several_column_maps",
        remedy="Add a header to `match` of the map that is meant, or take the other away.",
        location=SourceLocation(file.name, line.place),
    )


def _no_column_map(file: SourceFile, headers: Sequence[Any]) -> RecordRejectedError:
    count = sum(1 for cell in chain(headers) if cell not in (None, ""))
    return RecordRejectedError(
        f"No column map fits this table ({count} columns in its first row).",
        code="no_column_map",
        remedy="Write a map for it, as connectors/tabular/README.md shows, and name its folder "
        "in WORKBENCH_COLUMN_MAPS.",
        location=SourceLocation(file.name),
    )


def _sheet_without_map(file: SourceFile, sheet: Sheet) -> SetAside:
    return SetAside(
        file=f"{file.name}!/{sheet.name}",
        kind="sheet_without_map",
        byte_count=0,
        reason="no column map fits the header of this sheet",
    )
