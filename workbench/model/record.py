"""What a connector hands over: one report as the source wrote it, nothing interpreted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

from workbench.errors import RecordRejectedError, SourceLocation

# One row of one table, column name -> source value: text, True, False, None (the source said null)
# or a list of these. A column the source did not mention is not a key. Numbers stay text, as
# written, because identifiers lose leading zeros and precision as numbers.
# Keys beginning with "_" are about the row: "_path" is its place in the source file, "_not_stated"
# maps fields without a column that the source mentioned without a value to how: empty, null or n/a.
SourceRow = dict[str, Any]


@dataclass(slots=True)
class SourceRecord:
    """One report, or one part of a report that has to find its report (`is_part`).

    `rows` maps a table of `workbench.store.tables.TABLES` to its rows in source order; "report" has
    exactly one row. Numbers that tie rows together (`party_no`, `file_no`, ...) are already set.
    """

    location: SourceLocation
    source_format: str
    rows: dict[str, list[SourceRow]]
    report_number: str | None = None
    report_number_source: str | None = None  # document, file_details, file_name, folder_name
    source_system: str = "cybertipline"  # whose numbering report_number is
    is_part: bool = False
    part_read: float = 0.0  # of its file when it was yielded, where a connector knows


@dataclass(slots=True)
class SetAside:
    """Something recognised and deliberately not loaded, such as media or a reply document."""

    file: str
    kind: str
    byte_count: int
    reason: str


# A forged document can name a million fields that nobody knows.
MOST_UNREAD: Final = 10_000
FURTHER: Final = "(further fields)"


@dataclass(slots=True)
class UnreadFields:
    """Counts of fields that no allow-list names: (source format, field path) -> occurrences."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, source_format: str, path: str, count: int = 1) -> None:
        """Count one more occurrence, or several, of a field nobody reads."""
        key = (source_format, path)
        if key not in self.counts and len(self.counts) >= MOST_UNREAD:
            key = (source_format, FURTHER)
        self.counts[key] = self.counts.get(key, 0) + count


class SourceFile(NamedTuple):
    """One readable file: on disk, or a member of a ZIP held in memory."""

    name: str  # relative to what the officer named; members as "package.zip!/folder/name.xml"
    content: bytes
    folder: str  # siblings share it


class Connector(Protocol):
    """One format. Recognises by content, never by file name alone."""

    source_format: str

    def recognises(self, file: SourceFile) -> bool:
        """Say whether this file is in my format; cheap, looks at the head only if it can."""

    def read(
        self, file: SourceFile, unread: UnreadFields
    ) -> Iterator[SourceRecord | SetAside | RecordRejectedError]:
        """Yield each report, and each refusal, of the file in order.

        A `RecordRejectedError` is yielded when the rest of the file can still be read and raised
        when it cannot.
        """
