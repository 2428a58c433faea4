"""The countries of places that a package numbers: MaxMind's CSV packages name each place once."""

import csv
from collections.abc import Iterable
from typing import Final

from connectors.ip_intelligence.roles import folded
from workbench.model.network_list import ListRejection

_NUMBER: Final = "geoname_id"
_COUNTRY: Final = "country_iso_code"
_LOCALE: Final = "locale_code"
_LONGEST: Final = 10_000  # characters of a cell; what csv allows depends on who asked it before


def is_of_places(text: str) -> bool:
    """Say whether a text is a table of numbered places: it names no network."""
    names = _names_of(text)
    return _NUMBER in names and _LOCALE in names and "network" not in names


def countries_of_places(
    files: Iterable[tuple[str, str]],
) -> tuple[dict[str, str], list[ListRejection]]:
    """Return number of a place -> country code, and the lines that cannot be read.

    Args:
        files: Place in the package and text of each. They differ only in the language of the names.
    """
    countries: dict[str, str] = {}
    refused: list[ListRejection] = []
    for file, text in files:
        rows = csv.DictReader(text.splitlines())
        while True:
            try:
                row = next(rows, None)
                cells = (row or {}).values()
                too_long = any(isinstance(cell, str) and len(cell) > _LONGEST for cell in cells)
                reason = "a cell is too long" if too_long else None
            except csv.Error as error:
                row, reason = {}, str(error)
            if row is None:
                break
            if reason:
                refused.append(
                    ListRejection(
                        f"{file}, line {rows.reader.line_num}",
                        f"The line cannot be read as a table: {reason}.",
                        "Correct or delete the line.",
                    )
                )
                continue
            if row.get(_NUMBER) and row.get(_COUNTRY):
                countries[row[_NUMBER]] = row[_COUNTRY]
    return countries, refused


def _names_of(text: str) -> list[str]:
    return [folded(name) for name in next(csv.reader(text[:2_000].splitlines()[:1]), [])]
