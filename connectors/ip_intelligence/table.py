"""Tables of ranges: with or without a header, any delimiter, prefixes or first and last address."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from connectors.ip_intelligence.addresses import Ends, NotARangeError, ends_of, range_of
from connectors.ip_intelligence.columns_by_content import guessed_roles, is_range
from connectors.ip_intelligence.dates import date_in_comments
from connectors.ip_intelligence.plain_lines import comments_of, is_comment
from connectors.ip_intelligence.range_columns import LONGEST_LINE, RangeColumns
from connectors.ip_intelligence.roles import (
    is_header,
    is_true,
    kind_of_flags,
    kind_of_type,
    roles_of,
)
from workbench.errors import SourceLocation, UserError
from workbench.model.network_list import NetworkList

_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE_LINES: Final = 40
# No table of ranges has so many. Each line asks every column of a role, so the two multiply.
_MOST_COLUMNS: Final = 1_000
_FLAGS: Final = ("tor", "vpn", "hosting")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written: its delimiter, whether it has a header, and its columns by role."""

    delimiter: str
    has_header: bool
    roles: dict[str, list[int]]


def layout_of(lines: Sequence[str]) -> Layout | None:
    """Return how the lines are written as a table; None when they are a plain list."""
    sample = [line for line in lines[:1000] if not is_comment(line.strip())][:_SAMPLE_LINES]
    found = [_layout(sample, delimiter) for delimiter in _DELIMITERS]
    told = [(score, layout) for score, layout in found if layout is not None]
    return max(told, key=lambda pair: pair[0])[1] if told else None


def _layout(sample: Sequence[str], delimiter: str) -> tuple[int, Layout | None]:
    """Return a layout with this delimiter and how many cells speak for it."""
    narrow = [line for line in sample if line.count(delimiter) < _MOST_COLUMNS]
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(narrow, delimiter=delimiter, skipinitialspace=True)
        ]
    except csv.Error:
        return 0, None
    rows = [row for row in rows if max(map(len, row), default=0) <= LONGEST_LINE]
    whole = len(rows)
    rows = [row for row in rows if len(row) > 1]
    if len(rows) * 2 <= whole:
        return 0, None
    score = sum(len(row) for row in rows)
    if is_header(rows[0]) and not any(is_range(cell) for cell in rows[0]):
        return score, Layout(delimiter, has_header=True, roles=roles_of(rows[0]))
    roles = guessed_roles(rows)
    return score, Layout(delimiter, has_header=False, roles=roles) if roles else None


def read_table(
    name: str, text: str, layout: Layout, countries: Mapping[str, str] = MappingProxyType({})
) -> NetworkList:
    """Read a table of ranges.

    Args:
        name: The file's name, for messages.
        text: The table.
        layout: How it is written.
        countries: Number of a place -> country, for a table that names places by number.

    Raises:
        UserError: It holds none, or says nothing but numbers of places that nobody named.
    """
    _refuse_numbers_alone(name, layout, countries)
    lines = text.splitlines()
    columns = RangeColumns()
    rows = _rows(lines, layout.delimiter, columns)
    if layout.has_header:
        next(rows, None)
    by_role = _ByRole(layout.roles, countries)
    for number, cells in rows:
        if max(map(len, cells)) > LONGEST_LINE:
            columns.reject_too_long(f"line {number}")
            continue
        try:
            ends, written = by_role.range(cells)
        except NotARangeError as error:
            columns.reject(f"line {number}", str(error))
        else:
            columns.add(
                ends,
                written,
                kind=by_role.kind(cells),
                owner=by_role.owner(cells),
                country=by_role.country(cells),
                is_shared=is_true(by_role.text(cells, "shared")),
            )
    return columns.finish(name, "table", date_in_comments(comments_of(lines)))


def _refuse_numbers_alone(name: str, layout: Layout, countries: Mapping[str, str]) -> None:
    says_more = layout.roles.keys() & {"country", "owner", "asn", *_FLAGS}
    if "place" in layout.roles and not countries and not says_more:
        raise UserError(
            "The list names countries only by numbers of places; the names are in another file.",
            remedy="Load the whole package as it was sent, with its Locations file, as one ZIP.",
            location=SourceLocation(name),
        )


def _rows(
    lines: list[str], delimiter: str, columns: RangeColumns
) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells; comments are passed over, what is no table is refused."""
    spoken = ("" if is_comment(line.strip()) else line for line in lines)
    reader = csv.reader(spoken, delimiter=delimiter, skipinitialspace=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            columns.reject(
                f"line {reader.line_num}", f"The line cannot be read as a table: {error}."
            )
            continue
        if any(cells):
            yield reader.line_num, cells


class _ByRole:
    """Reads the lines of a table by the roles of its columns."""

    def __init__(self, roles: dict[str, list[int]], countries: Mapping[str, str]) -> None:
        self._roles = roles
        self._countries = countries
        self._has_flags = not roles.keys().isdisjoint(_FLAGS)

    def text(self, cells: list[str], role: str) -> str:
        """Return the first cell of a role that is not blank."""
        for number in self._roles.get(role, ()):
            if number < len(cells):
                cell = cells[number].strip()
                if cell:
                    return cell
        return ""

    def range(self, cells: list[str]) -> tuple[Ends, str]:
        """Return the ends of the range and how it is written.

        Raises:
            NotARangeError: There is none.
        """
        first = self.text(cells, "start")
        if first:
            last = self.text(cells, "end")
            return (ends_of(first, last), f"{first}-{last}") if last else (range_of(first), first)
        written, mask = self.text(cells, "network"), self.text(cells, "mask")
        if mask and "/" not in written:
            written = f"{written}/{mask}"
        return range_of(written), written

    def kind(self, cells: list[str]) -> str | None:
        """Return what flags or a word of the line call it; None where there is no such column."""
        if not self._has_flags:
            return kind_of_type(self.text(cells, "type"))
        return kind_of_flags({flag: is_true(self.text(cells, flag)) for flag in _FLAGS})

    def country(self, cells: list[str]) -> str:
        """Return the country, as it stands there or of the first numbered place that is in one."""
        said = self.text(cells, "country")
        places = (cells[no] for no in self._roles.get("place", ()) if no < len(cells))
        found = (self._countries.get(place.strip()) for place in places)
        return said or next(filter(None, found), "")

    def owner(self, cells: list[str]) -> str:
        """Return who is behind the range, by name or else by number."""
        name = self.text(cells, "owner")
        if name:
            return name
        number = self.text(cells, "asn").upper().removeprefix("AS")
        return f"AS{number}" if number.isdigit() else ""
