"""What is said of a table, or of a row of it, that cannot be loaded."""

from collections.abc import Sequence
from typing import Any

from connectors.tabular.column_map import ColumnMap
from connectors.tabular.row_shapes import holds_number
from connectors.tabular.sheets import Line, Sheet
from connectors.walk import is_stated
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.record import SetAside, SourceFile


def number_refusal(
    column_map: ColumnMap, number: object, location: SourceLocation
) -> RecordRejectedError | None:
    """Return the refusal of a row by what its number says; None if nothing is wrong with it."""
    if column_map.has_number and not holds_number(column_map, number):
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


def too_long(location: SourceLocation) -> RecordRejectedError:
    """Return the refusal of a row with more cells than the header."""
    return RecordRejectedError(
        "The row has more cells than the header.",
        code="row_too_long",
        remedy="Look for a delimiter inside a text, put that text in quotes, import again.",
        location=location,
    )


def unknown_word(
    header: str, column_map: ColumnMap, location: SourceLocation
) -> RecordRejectedError:
    """Return the refusal of a row whose word the map does not translate."""
    return RecordRejectedError(
        f"Column {header!r} says a word that column map {column_map.id!r} lacks.",
        code="row_unknown_word",
        remedy="Add the word to `values` of that column in the map, then import again.",
        location=location,
    )


def above_header(location: SourceLocation) -> RecordRejectedError:
    """Return the refusal of a row that stands above the names of its columns."""
    return RecordRejectedError(
        "The row stands above the header.",
        code="row_above_header",
        remedy="Move the header above all rows, then import the file again.",
        location=location,
    )


def swallowed(count: int, location: SourceLocation) -> RecordRejectedError:
    """Return the refusal of a row that holds the lines after it in a cell."""
    lines = "line" if count == 1 else f"{count:,} lines"
    return RecordRejectedError(
        f"A stray quotation mark makes the {lines} after this one part of its cell.",
        code="quotes_swallow_rows",
        remedy="Remove or double the quotation mark, then import the file again.",
        location=location,
    )


def garbled(location: SourceLocation) -> RecordRejectedError:
    """Return the refusal of a line with bytes that are no letters in the file's encoding."""
    return RecordRejectedError(
        "The line has bytes that are no UTF-8, though the rest of the file is.",
        code="encoding",
        remedy="Correct the letters of that line, save the file as UTF-8 and import it again.",
        location=location,
    )


def several_maps(file: SourceFile, line: Line, fitting: Sequence[ColumnMap]) -> RecordRejectedError:
    """Return the refusal of a header that two maps fit equally well."""
    names = ", ".join(column_map.id for column_map in fitting)
    return RecordRejectedError(
        f"Several column maps fit this header equally well: {names}.",
        code="several_column_maps",
        remedy="Add a header to `match` of the map that is meant, or take the other away.",
        location=SourceLocation(file.name, line.place),
    )


def no_column_map(file: SourceFile, headers: Sequence[Any]) -> RecordRejectedError:
    """Return the refusal of a table that no map fits."""
    count = sum(1 for cell in headers if cell not in (None, ""))
    return RecordRejectedError(
        f"No column map fits this table ({count} columns in its first row).",
        code="no_column_map",
        remedy="Write a map for it, as connectors/tabular/README.md shows, and name its folder "
        "in WORKBENCH_COLUMN_MAPS.",
        location=SourceLocation(file.name),
    )


def sheet_without_map(file: SourceFile, sheet: Sheet) -> SetAside:
    """Return the note of a sheet that no map fits."""
    return SetAside(
        file=f"{file.name}!/{sheet.name}",
        kind="sheet_without_map",
        byte_count=0,
        reason="no column map fits the header of this sheet",
    )
