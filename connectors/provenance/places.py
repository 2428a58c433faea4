"""From a stored value to its place in the source: row, and field or cell within it.

Nothing more is stored for it than the row's own place. What an allow-list or column map says of a
field is read backwards, so a place is as good as the list in force: names stand as the list writes
them, though a reader takes them in other case too. Where several fields may have filled a column
and nothing tells which, all are named.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from connectors.provenance.documents import FORMATS, places_in_document
from connectors.provenance.tables import places_in_table
from connectors.tabular.column_map import ColumnMap, read_column_maps
from workbench.model.provenance import FindPlaces, PlacesOf, StoredRow


def find_places(column_maps: Path | None) -> FindPlaces:
    """Return what finds the places of a version's values.

    Args:
        column_maps: The unit's own column maps; None: only the shipped ones.
    """

    def find(source_format: str, rows: Sequence[StoredRow]) -> PlacesOf:
        if source_format in FORMATS:
            return places_in_document(source_format, rows)
        return places_in_table(_maps(column_maps), source_format, rows)

    return find


@cache
def _maps(folder: Path | None) -> tuple[ColumnMap, ...]:
    """Read the maps once; a unit that changes them starts the screens anew."""
    return read_column_maps(folder)
