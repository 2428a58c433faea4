"""What two copies of one report say differently, field by field, each with its place in both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workbench.desk.copies.row_matching import PlacedRow, RowPair, match_rows
from workbench.desk.copies.row_words import (
    RowName,
    fields_of,
    name_row,
    owner_of,
    shown,
    state_of,
    summarise,
    unsaid_as,
)
from workbench.desk.origins import SourcePosition, SourceRow, SourceRows
from workbench.model.tables import TABLES

# What a format can state: `table.column`, and `table:kind` for the kinds of row it opens, `table:*`
# meaning any. A format that is not named here can state what its copy mentions.
Statable = Mapping[str, frozenset[str]]

_KIND_COLUMNS: Final = {"identifier": "kind", "text_block": "kind", "file_hash": "hash_type"}
# The column that holds what we compare, where the written one is compared by our reading of it.
_READ_AS: Final = {
    ("identifier", "value_as_written"): "value",
    ("file_hash", "value_as_written"): "value",
    ("ip_event", "ip_address_as_written"): "ip_address",
    ("geo_lookup", "ip_address_as_written"): "ip_address",
}
# Letters count here: another case is another key.
_EXACT: Final = frozenset(
    {
        "provider_user_id",
        "file_id",
        "submittal_id",
        "group_identifier",
        "content",
        "value_as_written",
    }
)
_VEILED: Final = frozenset({"escalation_text", "incident_at_description"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or with `field` None one whole row, that two copies do not have alike.

    `kind` is added (only the second says it), removed (only the first), changed, same_value (one
    value, written in two ways) or unsaid (neither gives a value, and they say so differently).
    `before` and `after` are as written, None for nothing; then `..._state` says how nothing was
    said: absent, empty, null or n/a.
    """

    table: str
    row: RowName
    field: str | None
    kind: str
    before: str | None
    after: str | None
    before_state: str | None
    after_state: str | None
    before_place: SourcePosition | None
    after_place: SourcePosition | None

    @property
    def is_text(self) -> bool:
        """Whether it is free text, which nobody is shown before asking."""
        return self.table == "text_block" or self.field in _VEILED


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two copies say differently, and of how much only one of the formats can speak."""

    differences: tuple[Difference, ...]
    not_comparable: (
        int  # values that only one copy has because the other's format has no such field
    )

    @property
    def disagreements(self) -> tuple[Difference, ...]:
        """The differences that are not one value written in two ways."""
        alike = ("same_value", "unsaid")
        return tuple(found for found in self.differences if found.kind not in alike)

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """The differences in which both say something, and not the same."""
        return tuple(found for found in self.differences if found.kind == "changed")

    @property
    def one_sided(self) -> tuple[Difference, ...]:
        """The differences in which only one says anything."""
        return tuple(found for found in self.differences if found.kind in ("added", "removed"))


def compare_copies(
    before: SourceRows, after: SourceRows, statable: Statable, formats: tuple[str, str]
) -> Comparison:
    """Compare two copies of a report, read from `formats` (the first one's and the second one's).

    Between two formats only that counts as missing which the other format could have said.
    """
    is_one_format = formats[0] == formats[1]
    able = tuple(
        None if is_one_format else statable.get(name) or _mentioned(rows)
        for name, rows in zip(formats, (before, after), strict=True)
    )
    found: list[Difference] = []
    not_comparable = 0
    for pair in match_rows(before.rows, after.rows):
        for difference in _differences(pair, before, after):
            if _is_missed(difference, pair, able[0], able[1]):
                found.append(difference)
            else:
                not_comparable += 1
    return Comparison(tuple(found), not_comparable)


def _mentioned(copy: SourceRows) -> frozenset[str]:
    """Return what a copy mentions, with or without a value: all that its map of columns has."""
    said: set[str] = set()
    for row in copy.rows:
        said.add(f"{row.table}:{_kind_of(row) or '*'}")
        said.update(f"{row.table}.{name}" for name in fields_of(row.table) if state_of(row, name))
    return frozenset(said)


def _is_missed(
    difference: Difference,
    pair: RowPair,
    able_before: frozenset[str] | None,
    able_after: frozenset[str] | None,
) -> bool:
    if difference.kind == "unsaid":
        return able_before is None
    if difference.kind not in ("added", "removed"):
        return True
    able = able_before if difference.kind == "added" else able_after
    if able is None:
        return True
    if difference.field is not None:
        return f"{difference.table}.{difference.field}" in able
    one = pair.before or pair.after
    kind = _kind_of(one.row) if one else None
    return f"{difference.table}:{kind}" in able or f"{difference.table}:*" in able


def _differences(pair: RowPair, before: SourceRows, after: SourceRows) -> Iterator[Difference]:
    was, now = pair.before, pair.after
    if was is not None and now is not None:
        yield from _differing_fields(was, now, before, after)
    elif now is not None:
        name, place = name_row(now, after), _place(now, after)
        yield Difference(
            now.row.table, name, None, "added", None, summarise(now.row), None, None, None, place
        )
    elif was is not None:
        name, place = name_row(was, before), _place(was, before)
        yield Difference(
            was.row.table, name, None, "removed", summarise(was.row), None, None, None, place, None
        )


def _differing_fields(
    was: PlacedRow, now: PlacedRow, before: SourceRows, after: SourceRows
) -> Iterator[Difference]:
    table, name = was.row.table, name_row(was, before)
    for field in fields_of(table):
        kind = _kind_of_difference(table, field, was.row, now.row)
        if kind is not None:
            values = (shown(was.row, field), shown(now.row, field))
            unsaid = (unsaid_as(was.row, field), unsaid_as(now.row, field))
            places = (_value_place(was, before, field), _value_place(now, after, field))
            yield Difference(table, name, field, kind, *values, *unsaid, *places)
    if was.party != now.party and table != "prior_report":
        owners = (owner_of(was, before), owner_of(now, after))
        places = (_place(was, before), _place(now, after))
        yield Difference(table, name, "owner", "changed", *owners, None, None, *places)


def _kind_of(row: SourceRow) -> str | None:
    return row.values.get(_KIND_COLUMNS.get(row.table, "")) or None


def _kind_of_difference(table: str, field: str, before: SourceRow, after: SourceRow) -> str | None:
    was, now = shown(before, field), shown(after, field)
    if was is None and now is None:
        alike = unsaid_as(before, field) == unsaid_as(after, field)
        return None if alike else "unsaid"
    if was is None or now is None:
        return "added" if was is None else "removed"
    if was == now and _read(table, field, before) == _read(table, field, after):
        return None
    alike = _read(table, field, before) == _read(table, field, after)
    return "same_value" if alike else "changed"


def _read(table: str, field: str, row: SourceRow) -> object:
    """Return the value two writings have in common: the instant, the address, the digits."""
    value = row.values.get(_READ_AS.get((table, field), field))
    if value is None:
        return _plain(shown(row, field) or "", field)
    if TABLES[table][field] == "time":
        return datetime.fromisoformat(str(value)), row.values.get(f"{field}_zone_stated")
    if isinstance(value, list):
        return sorted(_plain(str(one), field) for one in value)
    return _plain(value, field) if isinstance(value, str) else value


def _plain(text: str, field: str) -> str:
    spaced = " ".join(text.split())
    return spaced if field in _EXACT else spaced.casefold()


def _value_place(placed: PlacedRow, copy: SourceRows, field: str) -> SourcePosition | None:
    """Return where a value stands; where it gives none, or could stand in several, its row."""
    if shown(placed.row, field) is None:
        return _place(placed, copy)
    return copy.value_position(placed.row, field)[0]


def _place(placed: PlacedRow | None, copy: SourceRows) -> SourcePosition | None:
    return copy.position(placed.row.path or "") if placed else None
