"""Where the values of a referral stand, as `show` prints it: which file, which place in it."""

from dataclasses import asdict
from typing import Any, Final

from workbench.commands.terminal import out
from workbench.desk.origins import ValuePlace
from workbench.desk.value_places import PlacedRow, PlacedValue, ValuePlaces

_TEXTS: Final = frozenset({"content", "escalation_text", "incident_at_description"})
_SAID_BY_THE_PLACE: Final = frozenset({"kind", "origin", "is_boilerplate", "role", "relation"})
_AS_IT_IS: Final[dict[str, Any]] = {"markup": False, "highlight": False, "soft_wrap": True}


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
    for row in places.listed():
        out.print(f"{_named(row)}  {row.position.file} {row.position.path}", **_AS_IT_IS)
        for value in row.values:
            if value.column not in _SAID_BY_THE_PLACE:
                line = f"  {value.column} = {_shown(value)}  {_where(value.place, row)}"
                out.print(line.rstrip(), **_AS_IT_IS)


def _named(row: PlacedRow) -> str:
    number = f" {row.number}" if row.number is not None else ""
    return row.table.replace("_", " ") + number


def _shown(value: PlacedValue) -> str:
    return f"({len(value.value)} characters)" if value.column in _TEXTS else value.value


def _where(place: ValuePlace, row: PlacedRow) -> str:
    """Say the place; of several that it is one of these, of a row's that no more is known."""
    if place.how == "row":
        return "in the row; the field is not known"
    paths = [
        position.path if position.file == row.position.file else f"{position.file} {position.path}"
        for position in place.positions
    ]
    return f"one of {'; '.join(paths)}" if place.how == "one_of" else f"at {paths[0]}"
