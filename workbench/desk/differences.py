"""What two copies of one report say differently, field by field, each with its place in both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from workbench.desk.origins import SourcePosition, SourceRow, SourceRows
from workbench.desk.row_matching import PlacedRow, RowPair, match_rows
from workbench.model.tables import NUMBERED, TABLES

# What a format can state: `table.column`, and `table:kind` for the kinds of row it opens, `table:*`
# meaning any. A format that is not named here can state what its copy mentions.
Statable = Mapping[str, frozenset[str]]

_NUMBERS: Final = frozenset({*NUMBERED.values(), "parent_party_no"})
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
_UNREADABLE: Final = "unreadable: "
_SAID_BY_THE_NAME: Final = frozenset({"role", "kind", "origin", "is_boilerplate"})
_VEILED: Final = frozenset({"escalation_text", "incident_at_description"})
# What names a row to a person: the first columns that say something.
_NAMING: Final[Mapping[str, Sequence[str]]] = {
    "party": ("first_name", "last_name", "provider_user_id"),
    "file_record": ("original_name", "file_name", "file_id"),
    "identifier": ("value_as_written",),
    "ip_event": ("ip_address_as_written", "occurred_at_as_written"),
    "geo_lookup": ("ip_address_as_written",),
    "file_hash": ("hash_type", "value_as_written"),
    "address": ("street", "city", "country"),
    "prior_report": ("prior_report_number",),
    "attribute": ("name",),
    "recorded_decision": ("disposition",),
}


@dataclass(frozen=True, slots=True)
class RowName:
    """Which row, in terms a person knows it by.

    `kind` is its role, kind or type; `owner` the role of the party it belongs to, `owner_no` that
    party's number; `label` what it says of itself.
    """

    table: str
    kind: str | None
    owner: str | None
    owner_no: int | None
    label: str


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
        said.update(f"{row.table}.{name}" for name in _fields(row.table) if _state(row, name))
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
        name, place = _row_name(now, after), _place(now, after)
        yield Difference(
            now.row.table, name, None, "added", None, _summary(now.row), None, None, None, place
        )
    elif was is not None:
        name, place = _row_name(was, before), _place(was, before)
        yield Difference(
            was.row.table, name, None, "removed", _summary(was.row), None, None, None, place, None
        )


def _differing_fields(
    was: PlacedRow, now: PlacedRow, before: SourceRows, after: SourceRows
) -> Iterator[Difference]:
    table, name = was.row.table, _row_name(was, before)
    places = (_place(was, before), _place(now, after))
    for field in _fields(table):
        kind = _kind_of_difference(table, field, was.row, now.row)
        if kind is not None:
            shown = (_shown(was.row, field), _shown(now.row, field))
            unsaid = (_unsaid_as(was.row, field), _unsaid_as(now.row, field))
            yield Difference(table, name, field, kind, *shown, *unsaid, *places)
    if was.party != now.party and table != "prior_report":
        owners = (_owner(was, before), _owner(now, after))
        yield Difference(table, name, "owner", "changed", *owners, None, None, *places)


def _fields(table: str) -> list[str]:
    return [column for column in TABLES.get(table, ()) if column not in _NUMBERS]


def _kind_of(row: SourceRow) -> str | None:
    return row.values.get(_KIND_COLUMNS.get(row.table, "")) or None


def _kind_of_difference(table: str, field: str, before: SourceRow, after: SourceRow) -> str | None:
    was, now = _shown(before, field), _shown(after, field)
    if was is None and now is None:
        alike = _unsaid_as(before, field) == _unsaid_as(after, field)
        return None if alike else "unsaid"
    if was is None or now is None:
        return "added" if was is None else "removed"
    if was == now and _read(table, field, before) == _read(table, field, after):
        return None
    alike = _read(table, field, before) == _read(table, field, after)
    return "same_value" if alike else "changed"


def _shown(row: SourceRow, field: str) -> str | None:
    """Return a field as the source wrote it; None: it gave no value."""
    written = row.values.get(f"{field}_as_written")
    value = written if written is not None else row.values.get(field)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or None
    if value is None:
        state = _state(row, field) or ""
        return state.removeprefix(_UNREADABLE) if state.startswith(_UNREADABLE) else None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(table: str, field: str, row: SourceRow) -> object:
    """Return the value two writings have in common: the instant, the address, the digits."""
    value = row.values.get(_READ_AS.get((table, field), field))
    if value is None:
        return _plain(_shown(row, field) or "", field)
    if TABLES[table][field] == "time":
        return datetime.fromisoformat(str(value)), row.values.get(f"{field}_zone_stated")
    if isinstance(value, list):
        return sorted(_plain(str(one), field) for one in value)
    return _plain(value, field) if isinstance(value, str) else value


def _plain(text: str, field: str) -> str:
    spaced = " ".join(text.split())
    return spaced if field in _EXACT else spaced.casefold()


def _state(row: SourceRow, field: str) -> str | None:
    """Say how a field is there: `value`, or the way in which it says nothing; None: absent."""
    if row.values.get(field) is not None or row.values.get(f"{field}_as_written") is not None:
        return "value"
    states: Mapping[str, str] = row.values.get("not_stated") or {}
    return states.get(field)


def _unsaid_as(row: SourceRow, field: str) -> str | None:
    return None if _shown(row, field) is not None else _state(row, field) or "absent"


def _row_name(placed: PlacedRow, copy: SourceRows) -> RowName:
    row = placed.row
    owner = None if row.table == "party" else _party_of(row, copy)
    own_kind: Any = row.values.get("role" if row.table == "party" else "kind")
    number = row.values.get("party_no") if row.table == "party" else None
    label = " ".join(
        said for column in _NAMING.get(row.table, ()) if (said := _shown(row, column)) is not None
    )
    return RowName(
        table=row.table,
        kind=own_kind,
        owner=owner.values.get("role") if owner else None,
        owner_no=owner.values.get("party_no") if owner else number,
        label=label,
    )


def _party_of(row: SourceRow, copy: SourceRows) -> SourceRow | None:
    number = row.values.get("party_no")
    parties = (one for one in copy.rows if one.table == "party")
    return next((one for one in parties if number and one.values.get("party_no") == number), None)


def _owner(placed: PlacedRow, copy: SourceRows) -> str | None:
    party = _party_of(placed.row, copy)
    return f"{party.values.get('role')} {party.values.get('party_no')}" if party else None


def _place(placed: PlacedRow | None, copy: SourceRows) -> SourcePosition | None:
    return copy.position(placed.row.path or "") if placed else None


def _summary(row: SourceRow) -> str:
    """Return all that a row says, in its table's order, for a row that only one copy has."""
    told = (_shown(row, field) for field in _fields(row.table) if field not in _SAID_BY_THE_NAME)
    return ", ".join(one for one in told if one is not None)
