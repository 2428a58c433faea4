"""What a row of a copy says, and what a person calls it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workbench.desk.copies.row_matching import PlacedRow
from workbench.desk.origins import SourceRow, SourceRows
from workbench.model.tables import NUMBERED, TABLES

_NUMBERS: Final = frozenset({*NUMBERED.values(), "parent_party_no"})
_UNREADABLE: Final = "unreadable: "
_SAID_BY_THE_NAME: Final = frozenset({"role", "kind", "origin", "is_boilerplate"})
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
    "web_address": ("host", "content_id"),
    "web_assessment": ("classified_by",),
    "web_action": ("action", "country"),
    "transaction_record": ("reference",),
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


def fields_of(table: str) -> list[str]:
    """Return the columns of a table that a source fills, without those that only number rows."""
    return [column for column in TABLES.get(table, ()) if column not in _NUMBERS]


def shown(row: SourceRow, field: str) -> str | None:
    """Return a field as the source wrote it; None: it gave no value."""
    written = row.values.get(f"{field}_as_written")
    value = written if written is not None else row.values.get(field)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or None
    if value is None:
        state = state_of(row, field) or ""
        return state.removeprefix(_UNREADABLE) if state.startswith(_UNREADABLE) else None
    return str(value).lower() if isinstance(value, bool) else str(value)


def state_of(row: SourceRow, field: str) -> str | None:
    """Say how a field is there: `value`, or the way in which it says nothing; None: absent."""
    if row.values.get(field) is not None or row.values.get(f"{field}_as_written") is not None:
        return "value"
    states: Mapping[str, str] = row.values.get("not_stated") or {}
    return states.get(field)


def unsaid_as(row: SourceRow, field: str) -> str | None:
    """Say how a field gives no value: absent, empty, null or n/a; None: it gives one."""
    return None if shown(row, field) is not None else state_of(row, field) or "absent"


def name_row(placed: PlacedRow, copy: SourceRows) -> RowName:
    """Return what a person calls a row of a copy."""
    row = placed.row
    owner = None if row.table == "party" else _party_of(row, copy)
    own_kind: Any = row.values.get("role" if row.table == "party" else "kind")
    number = row.values.get("party_no") if row.table == "party" else None
    label = " ".join(
        said for column in _NAMING.get(row.table, ()) if (said := shown(row, column)) is not None
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


def owner_of(placed: PlacedRow, copy: SourceRows) -> str | None:
    """Return role and number of the party a row belongs to; None: to none."""
    party = _party_of(placed.row, copy)
    return f"{party.values.get('role')} {party.values.get('party_no')}" if party else None


def summarise(row: SourceRow) -> str:
    """Return all that a row says, in its table's order, for a row that only one copy has."""
    told = (shown(row, field) for field in fields_of(row.table) if field not in _SAID_BY_THE_NAME)
    return ", ".join(one for one in told if one is not None)
