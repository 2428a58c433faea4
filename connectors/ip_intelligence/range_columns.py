"""Gathers the ranges of a list into columns, a bounded number of rows at a time."""

import re
from array import array
from datetime import date
from typing import Final

import pyarrow as pa

from connectors.ip_intelligence.addresses import Ends
from connectors.ip_intelligence.countries import country_code
from workbench.errors import SourceLocation, UserError
from workbench.model.network_list import (
    MOST_REJECTIONS_LISTED,
    RANGE_COLUMNS,
    ListRejection,
    NetworkList,
)

LONGEST_LINE: Final = 1_000  # characters of a line or cell; what is longer names no range
_ROWS_AT_A_TIME: Final = 65_536
_LONGEST_TEXT: Final = 200
_LOW: Final = (1 << 64) - 1
# A range whose own name says that many subscribers stand behind each address.
_SHARED: Final = re.compile(r"\bCGN(?:AT)?\b|\bNAT444\b|carrier[- ]?grade[- ]?nat", re.IGNORECASE)
_NO_OWNER: Final = frozenset({"", "-", "--", "n/a", "none", "null", "unknown", "not routed", "?"})


def names_somebody(written: str) -> bool:
    """Say whether a text for an owner is more than a word for "nobody known"."""
    return written.strip().lower() not in _NO_OWNER


class _Owners(dict[str | None, tuple[str | None, bool]]):
    """Owner as written -> its name, None for a word that names nobody, and whether it says NAT."""

    def __missing__(self, written: str | None) -> tuple[str | None, bool]:
        name = (written or "").strip()[:_LONGEST_TEXT]
        known = (name, _SHARED.search(name) is not None) if names_somebody(name) else (None, False)
        self[written] = known
        return known


class RangeColumns:
    """The ranges of one list while it is read, and what was not a range."""

    def __init__(self) -> None:
        self._batches: list[pa.RecordBatch] = []
        self._halves: tuple[array[int], ...] = ()
        self._texts: tuple[list[str | None], ...] = ()
        self._shared: list[bool] = []
        self._owners = _Owners()
        self._rejections: list[ListRejection] = []
        self._rejected_count = 0
        self._begin()

    def _begin(self) -> None:
        self._halves = (array("Q"), array("Q"), array("Q"), array("Q"))
        self._texts = ([], [], [], [])
        self._shared = []

    def add(  # noqa: PLR0913 - one argument a column
        self,
        ends: Ends,
        as_written: str,
        *,
        kind: str | None = None,
        owner: str | None = None,
        country: str | None = None,
        is_shared: bool = False,
    ) -> None:
        """Add one range. `country` may be a code or a name; blank words count as not said."""
        start, end = ends
        start_high, start_low, end_high, end_low = self._halves
        start_high.append(start >> 64)
        start_low.append(start & _LOW)
        end_high.append(end >> 64)
        end_low.append(end & _LOW)
        written, kinds, owners, countries = self._texts
        said_owner, says_shared = self._owners[owner]
        written.append(as_written[:_LONGEST_TEXT])
        kinds.append(kind)
        owners.append(said_owner)
        countries.append(country_code(country))
        self._shared.append(is_shared or says_shared)
        if len(self._shared) >= _ROWS_AT_A_TIME:
            self._flush()

    def reject(self, place: str, reason: str, remedy: str = "Correct or delete the line.") -> None:
        """Count what is not a range, and list it while there is room."""
        self._rejected_count += 1
        if len(self._rejections) < MOST_REJECTIONS_LISTED:
            self._rejections.append(ListRejection(place, reason, remedy))

    def reject_too_long(self, place: str) -> None:
        """Refuse a line before any pattern is tried on it: the time some take grows with length."""
        self.reject(place, f"The line holds a text of more than {LONGEST_LINE:,} characters.")

    def _flush(self) -> None:
        halves = [pa.array(half, pa.uint64()) for half in self._halves]
        texts = [pa.array(text, pa.string()) for text in self._texts]
        columns = [*halves, *texts, pa.array(self._shared, pa.bool_())]
        self._batches.append(pa.RecordBatch.from_arrays(columns, schema=RANGE_COLUMNS))
        self._begin()

    def finish(self, file_name: str, source_format: str, as_of: date | None) -> NetworkList:
        """Return the list.

        Raises:
            UserError: There is not one range in it.
        """
        self._flush()
        ranges = pa.Table.from_batches(self._batches, schema=RANGE_COLUMNS)
        if ranges.num_rows == 0:
            raise _nothing_usable(file_name, self._rejections, self._rejected_count)
        return NetworkList(
            source_format, as_of, ranges, tuple(self._rejections), self._rejected_count
        )


def _nothing_usable(
    file_name: str, rejections: list[ListRejection], rejected_count: int
) -> UserError:
    first = f" First: {rejections[0].place}: {rejections[0].reason}" if rejections else ""
    return UserError(
        f"The file holds no address range ({rejected_count} lines refused).{first}",
        remedy="Name a list of addresses, CIDR prefixes or ranges: lines, CSV, JSON or MaxMind.",
        location=SourceLocation(file_name),
    )
