"""Where the values of a referral stand, as `show` prints it: which file, which place in it."""

from dataclasses import asdict
from typing import Any, Final

from workbench.commands.terminal import out, print_table
from workbench.desk.origins import ValuePlace
from workbench.desk.value_places import PlacedRow, PlacedValue, ValuePlaces

_TEXTS: Final = frozenset({"content", "escalation_text", "incident_at_description"})
_LONGEST: Final = 60


def places_as_json(places: ValuePlaces) -> list[dict[str, Any]]:
    """Return every row with its place, and of every value how sure its own place is."""
    return [
        {
            "table": row.table,
            "number": row.number,
            "party_no": row.party_no,
            "file_no": row.file_no,
            **asdict(row.position),
            "values": {
                value.column: {
                    "how": value.place.how,
                    "places": [asdict(position) for position in value.place.positions],
                }
                for value in row.values
            },
        }
        for row in places.listed()
    ]


def print_places(places: ValuePlaces) -> None:
    """Write every value with its place to stdout; free text by its length only."""
    out.print("Values and where they stand", style="bold")
    print_table(
        ["row", "field", "value", "where"],
        [
            [_named(row), value.column, _shown(value), _where(value.place)]
            for row in places.listed()
            for value in row.values
        ],
    )


def _named(row: PlacedRow) -> str:
    number = f" {row.number}" if row.number is not None else ""
    return row.table.replace("_", " ") + number


def _shown(value: PlacedValue) -> str:
    if value.column in _TEXTS:
        return f"({len(value.value)} characters)"
    return value.value if len(value.value) <= _LONGEST else f"{value.value[:_LONGEST]}…"


def _where(place: ValuePlace) -> str:
    """Say the place; of several that it is one of these, of a row's that no more is known."""
    first = place.positions[0].file
    paths = [
        f"{position.file if position.file != first else ''} {position.path}".strip()
        for position in place.positions
    ]
    if place.how == "one_of":
        return f"{first} one of: {'; '.join(paths)}"
    return f"{first} {paths[0]}{' (the row)' if place.how == 'row' else ''}".strip()
