"""What no document may exceed, whatever its format, and how long a place is written out."""

from collections.abc import Sequence
from typing import Final

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import Limits
from workbench.model.record import SourceFile

# Written as short as can be; a document below so many bytes is not counted through.
_BYTES_OF_A_VALUE: Final = 4
# Characters of a place or name that are kept. No file is refused for a longer one: no setting.
LONGEST_PLACE: Final = 600


def refuse_overfull(file: SourceFile, beginnings: Sequence[bytes], limits: Limits) -> None:
    """Refuse a document of more than `values_per_file` values, counted by how a value begins.

    A value takes some hundred bytes of memory however short it is written, so their number has to
    be known before parsing. A report has about a hundred.

    Raises:
        RecordRejectedError: There are more.
    """
    content, most = file.content, limits.values_per_file
    if len(content) < _BYTES_OF_A_VALUE * most:
        return
    if sum(content.count(beginning) for beginning in beginnings) > most:
        raise RecordRejectedError(
            f"The document holds more than {most:,} values.",
            code="too_large",
            remedy=limits.remedy("values_per_file", "Split it into smaller files"),
            location=SourceLocation(file.name),
        )


def shortened(place: str) -> str:
    """Return a place or name cut to a length that may stand in every row below it."""
    return place if len(place) <= LONGEST_PLACE else f"{place[:LONGEST_PLACE]}…"
