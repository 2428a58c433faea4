"""What a reader of address lists gives: the ranges of one list as columns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa

# Addresses are 128-bit numbers in two halves, IPv4 mapped into ::ffff:0:0/96; both ends included.
# `kind` is what the file itself says of a range and null where the kind of its list counts.
RANGE_COLUMNS: Final = pa.schema(
    [
        ("start_high", pa.uint64()),
        ("start_low", pa.uint64()),
        ("end_high", pa.uint64()),
        ("end_low", pa.uint64()),
        ("as_written", pa.string()),
        ("kind", pa.string()),
        ("owner", pa.string()),
        ("country", pa.string()),
        ("is_shared", pa.bool_()),
    ]
)
MOST_REJECTIONS_LISTED: Final = 1_000


@dataclass(frozen=True, slots=True)
class ListRejection:
    """A line that is not a range. The sentence never repeats the line."""

    place: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class NetworkList:
    """One list as its file says it, duplicates and overlaps included.

    `as_of` is the date that stands inside the file; None when there is none. `rejections` holds
    the first `MOST_REJECTIONS_LISTED`, `rejected_count` counts all.
    """

    source_format: str
    as_of: date | None
    ranges: pa.Table
    rejections: tuple[ListRejection, ...]
    rejected_count: int

    @property
    def read_count(self) -> int:
        """How many lines, entries or records were read."""
        return int(self.ranges.num_rows) + self.rejected_count


@dataclass(frozen=True, slots=True)
class ShippedList:
    """A list that comes with the workbench. `sha256` tells one edition from the next."""

    name: str
    kind: str
    file_name: str
    licence: str
    sha256: str
    read: Callable[[], NetworkList]
