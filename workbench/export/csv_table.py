"""The import rate as CSV, one line per provider and year, for other people's programs."""

import csv
from io import StringIO
from typing import Final

from workbench.export.workbook import TOTAL_ROW, wording
from workbench.statistics.import_rate import ImportRate, ImportRateRow, ImportRateTotal

# How a spreadsheet program of the language reads a CSV: between cells, and before decimals.
_MARKS: Final = {"en": (",", "."), "nb": (";", ",")}

# A spreadsheet program would run text that begins so as a formula.
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_import_rate_csv(rate: ImportRate, language: str) -> bytes:
    """Return the table by provider and year with its totals, in UTF-8 with a byte-order mark.

    Args:
        rate: The counts to write.
        language: en or nb: of the heads, and of the marks between cells and before decimals.
    """
    words = wording()[language]
    delimiter, decimal_mark = _MARKS[language]
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter)
    heads = ("provider", "year", "reports_to_unit", "imported", "imported_percent", "as_of")
    writer.writerow([words[head] for head in heads])
    named: list[tuple[str, ImportRateRow | ImportRateTotal]] = [
        *((row.provider, row) for row in rate.rows),
        *((TOTAL_ROW, total) for total in rate.totals),
    ]
    for name, count in named:
        percent = f"{count.percent:.1f}".replace(".", decimal_mark)
        day = rate.as_of.isoformat()
        writer.writerow([as_text(name), count.year, count.received, count.imported, percent, day])
    return written.getvalue().encode("utf-8-sig")


def as_text(text: str) -> str:
    """Return text that no spreadsheet program runs as a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
