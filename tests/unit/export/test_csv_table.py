"""The CSV: the figures of the table, and nothing a spreadsheet program would run."""

import csv
from datetime import date
from io import StringIO

import pytest

from workbench.export.csv_table import write_import_rate_csv
from workbench.statistics.import_rate import ImportRate, ImportRateRow, ImportRateTotal

DAY = date(2026, 11, 22)


def rate(provider: str) -> ImportRate:
    return ImportRate(
        as_of=DAY,
        rows=(ImportRateRow(provider, 2020, 1082, 725, 67.0),),
        totals=(ImportRateTotal(2020, 1082, 725, 67.0, 21751085),),
        left_out_years=(),
    )


def read(written: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(written.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_english_and_norwegian_marks() -> None:
    assert read(write_import_rate_csv(rate("Snapchat"), "en"), ",")[1:] == [
        ["Snapchat", "2020", "1082", "725", "67.0", "2026-11-22"],
        ["Totalt", "2020", "1082", "725", "67.0", "2026-11-22"],
    ]
    heads, row, _ = read(write_import_rate_csv(rate("Snapchat"), "nb"), ";")
    assert heads == [
        "Tilbyder",
        "År",
        "Mottatte rapporter",
        "Importert",
        "Importert %",
        "Per dato",
    ]
    assert row == ["Snapchat", "2020", "1082", "725", "67,0", "2026-11-22"]


@pytest.mark.parametrize("name", ["=1+1", "+47", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_name_is_run_as_a_formula(name: str) -> None:
    row = read(write_import_rate_csv(rate(name), "nb"), ";")[1]
    assert row[0] == f"'{name}"
