"""What no document may exceed, whatever its format."""

from collections.abc import Sequence
from typing import Final

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.record import SourceFile

# A value takes some hundred bytes of memory however short it is written, so their number has to
# be known before parsing. A report has about a hundred.
MOST_VALUES: Final = 2_000_000
_TOO_SMALL_TO_COUNT: Final = 8_000_000  # bytes
LONGEST_PLACE: Final = 600  # characters of a place or name that are kept


def refuse_overfull(file: SourceFile, beginnings: Sequence[bytes]) -> None:
    """Refuse a document of more than `MOST_VALUES` values, counted by how a value begins.

    Raises:
        RecordRejectedError: There are more.
    """
    content = file.content
    if len(content) < _TOO_SMALL_TO_COUNT:
        return
    if sum(content.count(beginning) for beginning in beginnings) > MOST_VALUES:
        raise RecordRejectedError(
            f"The document holds more than {MOST_VALUES:,} values.",
            code="too_large",
            remedy="Split it into smaller files.",
            location=SourceLocation(file.name),
        )


def shortened(place: str) -> str:
    """Return a place or name cut to a length that may stand in every row below it."""
    return place if len(place) <= LONGEST_PLACE else f"{place[:LONGEST_PLACE]}…"
