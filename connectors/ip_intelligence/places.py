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
        names = _names_of(text)
        places = [names.index(name) if name in names else None for name in (_NUMBER, _COUNTRY)]
        rows = csv.reader(text.splitlines()[1:])
        while True:
            try:
                row = next(rows, None)
                too_long = max(map(len, row or ()), default=0) > _LONGEST
                reason = "a cell is too long" if too_long else None
            except csv.Error as error:
                row, reason = [], str(error)
            if row is None:
                break
            if reason:
                refused.append(
                    ListRejection(
                        f"{file}, line {rows.line_num + 1}",
                        f"The line cannot be read as a table: {reason}.",
                        "Correct or delete the line.",
                    )
                )
                continue
            number, country = (row[at] if at is not None and at < len(row) else "" for at in places)
            if number and country:
                countries[number] = country
    return countries, refused


def _names_of(text: str) -> list[str]:
    return [folded(name) for name in next(csv.reader(text[:2_000].splitlines()[:1]), [])]
