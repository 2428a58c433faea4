"""What the columns of a table without a header are, from what stands in them."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from connectors.ip_intelligence.addresses import NotARangeError, key_of, range_of
from connectors.ip_intelligence.countries import is_country_code, is_country_name
from connectors.ip_intelligence.dates import date_of
from connectors.ip_intelligence.range_columns import names_somebody
from connectors.ip_intelligence.roles import kind_of_type

_COUNTRY: Final = re.compile(r"[A-Za-z]{2}|-|none|null|unknown|", re.IGNORECASE)
_CONTINENTS: Final = frozenset({"AF", "AN", "AS", "EU", "NA", "OC", "SA"})
_CONTINENTS_ONLY: Final = frozenset({"AN", "EU", "OC"})  # AF, AS, NA and SA are countries too
_NOWHERE: Final = frozenset({"", "-", "ZZ"})
_DEGREES: Final = re.compile(r"-?\d{1,3}\.\d+")
_MOST_NORTH: Final = 90.0
_MOST_EAST: Final = 180.0
_REGION: Final = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")  # ISO 3166-2
# To a listing, as blocklists write behind a range; names of providers end in digits too.
_REFERENCE: Final = re.compile(r"([A-Z]{2,8})-?\d+")
_LISTINGS: Final = frozenset({"SBL", "XBL", "PBL", "CSS", "DBL", "DROP", "EDROP"})
_FEWEST_REFERENCES: Final = 3  # that tell a numbered listing of an unknown name
_LETTER: Final = re.compile(r"[^\W\d_]{2}")


def guessed_roles(rows: list[list[str]]) -> dict[str, list[int]]:
    """Return the roles of a table without a header, from what stands in its columns."""
    width = max(len(row) for row in rows)
    columns = [[row[no] for row in rows if no < len(row)] for no in range(width)]
    roles = _places_of_ranges(columns)
    if not roles:
        return {}
    taken = {no for numbers in roles.values() for no in numbers}
    is_of_towns = _is_of_towns(columns, roles)
    for no, cells in enumerate(columns):
        if no in taken:
            continue
        if "network" in roles and _most(is_range(cell) for cell in cells):
            return {}  # several ranges a line: a plain list
        said = [cell for cell in cells if names_somebody(cell)]
        if _most(kind_of_type(cell) is not None for cell in said):
            roles.setdefault("type", []).append(no)
        elif any(cells) and all(_COUNTRY.fullmatch(cell) for cell in cells):
            roles.setdefault("country", []).append(no)
        elif not is_of_towns and _is_owner(said):
            roles.setdefault("owner", []).append(no)
    match roles.get("country"):
        case [first, second, *_] if _are_continents(columns[first], columns[second]):
            roles["country"].append(roles["country"].pop(0))
    return roles


def _are_continents(first: list[str], second: list[str]) -> bool:
    """Say whether two columns are continent and country, and not country and region or continent.

    A few lines of one part of the world do not tell: NA is North America, and Namibia.
    """
    marks, countries = set(first) - _NOWHERE, set(second) - _NOWHERE
    return (
        marks <= _CONTINENTS
        and (len(marks) > 1 or bool(marks & _CONTINENTS_ONLY))
        and not countries <= _CONTINENTS
        and _most(is_country_code(cell.upper()) for cell in countries)
    )


def _is_of_towns(columns: list[list[str]], roles: dict[str, list[int]]) -> bool:
    """Say whether the table names places by region or degrees: its words are towns, not owners."""
    if any(_most(_is_region(cell) for cell in cells if cell) for cells in columns):
        return True
    if any(_are_degrees(*pair) for pair in pairwise(columns)):
        return True
    # RFC 8805: prefix, country, region, city, postal code; the last may be left out.
    return (
        roles == {"network": [0]}
        and len(columns) in {4, 5}
        and all(_COUNTRY.fullmatch(cell) for cell in columns[1])
        and all(not cell or _is_region(cell) for cell in columns[2])
    )


def _is_region(cell: str) -> bool:
    found = _REGION.fullmatch(cell)
    return found is not None and is_country_code(found[1])


def _are_degrees(north: list[str], east: list[str]) -> bool:
    """Say whether two columns are latitude and longitude; a column of scores has no such other."""
    pairs = [pair for pair in zip(north, east, strict=False) if any(pair)]
    places = [
        (abs(float(pair[0])), abs(float(pair[1])))
        for pair in pairs
        if _DEGREES.fullmatch(pair[0]) and _DEGREES.fullmatch(pair[1])
    ]
    return (
        len(places) * 2 > len(pairs)
        and all(lat <= _MOST_NORTH and long <= _MOST_EAST for lat, long in places)
        and any(max(place) > 1 for place in places)
    )


def _places_of_ranges(columns: list[list[str]]) -> dict[str, list[int]]:
    is_address = [_most(key_of(cell) is not None for cell in cells) for cells in columns]
    is_number = [_most(cell.isdigit() and len(cell) > 3 for cell in cells) for cells in columns]  # noqa: PLR2004 - a number of a place in the list, not an address
    said = [kind for kind, cells in zip(is_address, columns, strict=True) if any(cells)]
    if len(said) > 2 and all(said):  # noqa: PLR2004 - more than a first and a last
        return {}  # addresses alone: a plain list
    for kinds in (is_address, is_number):
        for no in range(len(columns) - 1):
            if kinds[no] and kinds[no + 1]:
                return {"start": [no], "end": [no + 1]}
    for no, cells in enumerate(columns):
        if _most(is_range(cell) for cell in cells):
            return {"network": [no]}
    return {}


def _most(answers: Iterable[bool]) -> bool:
    """Say whether more than half hold: a list may have bad lines anywhere."""
    listed = list(answers)
    return sum(listed) * 2 > len(listed)


def _is_owner(said: list[str]) -> bool:
    if any(kind_of_type(cell) for cell in said) or _are_references(said):
        return False
    return _most(
        bool(_LETTER.search(cell)) and not is_country_name(cell) and date_of(cell) is None
        for cell in said
    )


def _are_references(said: list[str]) -> bool:
    """Say whether most cells number an entry of a listing: a known one, or each another entry."""
    found = [match for cell in said if (match := _REFERENCE.fullmatch(cell))]
    names = {match[1] for match in found}
    if len(found) * 2 <= len(said):
        return False
    are_numbered = len(found) >= _FEWEST_REFERENCES and len(set(said)) * 2 > len(said)
    return names <= _LISTINGS or (len(names) == 1 and names != {"AS"} and are_numbered)


def is_range(cell: str) -> bool:
    """Say whether a cell is an address, a prefix or a range."""
    try:
        range_of(cell)
    except NotARangeError:
        return False
    return True
