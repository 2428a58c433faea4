"""Where single values stand in the world's files: what finds them, and what it is asked about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol


class StoredRow(Protocol):
    """One row of one table of one version: its place in the source, its columns and their values.

    A row of the table "report" is the version itself.
    """

    @property
    def table(self) -> str:
        """The table's name in `workbench.model.tables`."""
        ...

    @property
    def path(self) -> str | None:
        """Where the row stands in its file."""
        ...

    @property
    def values(self) -> Mapping[str, Any]:
        """Its columns."""
        ...


# A row and one of its columns -> the fields of the source that may have filled it, as places in the
# file. One: that is it. Several: it is one of these, and nothing stored tells which. None: no
# allow-list in force has such a field, and the row's own place is all that is known.
PlacesOf = Callable[[StoredRow, str], tuple[str, ...]]

# A format and all rows of one version -> where its values stand.
FindPlaces = Callable[[str, Sequence[StoredRow]], PlacesOf]

# Columns that we make of another one, which is what the source states.
_MADE_OF = {
    ("identifier", "value"): "value_as_written",
    ("file_hash", "value"): "value_as_written",
    ("ip_event", "ip_address"): "ip_address_as_written",
    ("geo_lookup", "ip_address"): "ip_address_as_written",
    ("web_address", "host"): "url_as_written",
    ("transaction_record", "amount"): "amount_as_written",
    ("address", "said_at"): "stated_at",
}
_SUFFIXES = ("_as_written", "_zone_stated")


def stated_column(table: str, column: str, columns: Mapping[str, object]) -> str:
    """Return the column that the source states, of which another may be made.

    Args:
        table: The row's.
        column: `occurred_at_zone_stated`, `value` and the like as well.
        columns: Those that a source can fill.
    """
    made_of = _MADE_OF.get((table, column))
    if made_of is not None or column in columns:
        return made_of or column
    for suffix in _SUFFIXES:
        if column.removesuffix(suffix) in columns:
            return column.removesuffix(suffix)
    return column
