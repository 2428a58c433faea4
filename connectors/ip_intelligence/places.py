"""The countries of places that a package numbers: MaxMind's CSV packages name each place once."""

import csv
from collections.abc import Iterable, Mapping
from typing import Final

from connectors.ip_intelligence.roles import folded

_NUMBER: Final = "geoname_id"
_COUNTRY: Final = "country_iso_code"
_LOCALE: Final = "locale_code"


def is_of_places(text: str) -> bool:
    """Say whether a text is a table of numbered places: it names no network."""
    names = _names_of(text)
    return _NUMBER in names and _LOCALE in names and "network" not in names


def countries_of_places(texts: Iterable[str]) -> Mapping[str, str]:
    """Return number of a place -> country code. Files differ only in the language of the names."""
    return {
        row[_NUMBER]: row[_COUNTRY]
        for text in texts
        for row in csv.DictReader(text.splitlines())
        if row.get(_NUMBER) and row.get(_COUNTRY)
    }


def _names_of(text: str) -> list[str]:
    return [folded(name) for name in next(csv.reader(text[:2_000].splitlines()[:1]), [])]
