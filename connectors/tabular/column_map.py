"""Column maps: what the columns of a unit's own table mean, as TOML (see the README here)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workbench.errors import SourceLocation, UserError
from workbench.model.tables import TABLES
from workbench.model.vocabulary import PartyRole

DateOrder = Literal["day_first", "month_first", "iso"]
DecimalMark = Literal[".", ","]
# What a row is, and the format the store keeps it under: the kind cannot be seen in the cells.
FORMATS: Final[Mapping[str, str]] = {
    "report": "tabular",
    "connection_lead": "connection_lead_table",
    "transaction_report": "transaction_table",
}
# Parties by another name than their role. Who pays, or is paid, is nobody's reported user by that:
# a map says `reported_user` where the sender itself says so.
_PARTIES: Final[Mapping[str, tuple[str, str]]] = {
    **{role.value: (role.value, "") for role in PartyRole},
    "payer": (PartyRole.ASSOCIATED_ACCOUNT.value, "Payer"),
    "payee": (PartyRole.ASSOCIATED_ACCOUNT.value, "Payee"),
}

# The column a bare table name means.
OWN_COLUMN: Final[Mapping[str, str]] = {
    "identifier": "value_as_written",
    "ip_event": "ip_address_as_written",
    "file_hash": "value_as_written",
    "file_record": "original_name",
    "prior_report": "prior_report_number",
    "text_block": "content",
    "attribute": "value_as_written",
}
# Tables whose rows are about the reported user unless the map says another party.
_ABOUT_A_PARTY: Final = frozenset({"party", "identifier", "address", "ip_event", "prior_report"})
_KEYS: Final = frozenset(
    {
        "id",
        "kind",
        "source_system",
        "title",
        "match",
        "time_zone",
        "date_order",
        "decimal_mark",
        "one_referral",
        "columns",
        "left_out",
    }
)
_WITH_MAP: Final = re.compile(r"(.+) \(([^()]*)\)")
_TARGET_KEYS: Final = frozenset({"to", "set", "split", "group", "party", "values"})


class ColumnMapError(UserError):
    """A column map is wrong; `location` names the file and the column."""


@dataclass(slots=True, frozen=True)
class Target:
    """Where the cells of one column go."""

    header: str
    table: str
    column: str
    group: str  # cells of one table and group make one row
    given: Mapping[str, Any] = field(default_factory=dict)
    file_group: str | None = None  # for hashes: the files whose n-th the n-th hash is of; None: any
    split: str = ""  # several values in one cell, each for a row of its own
    party: str = ""  # the party the row is about: a role, payer or payee
    values: Mapping[str, Any] = field(default_factory=dict)  # the table's words -> ours

    @property
    def kind(self) -> str:
        """Return the kind of the column, as `workbench.model.tables` says."""
        return TABLES[self.table][self.column]


@dataclass(slots=True, frozen=True)
class ColumnMap:
    """What one layout of table means.

    `one_referral` are the headers whose cells are the same in all lines of one referral; none: each
    line is one.
    """

    id: str
    source_format: str
    source_system: str
    title: str
    match: frozenset[str]
    zone: ZoneInfo | None
    date_order: DateOrder
    decimal_mark: DecimalMark
    one_referral: frozenset[str]
    targets: Mapping[str, Target]
    left_out: frozenset[str]

    @property
    def has_number(self) -> bool:
        """Say whether the layout names a report number, so that a row must have one."""
        return any(target.column == "report_number" for target in self.targets.values())


def read_column_maps(folder: Path | None) -> tuple[ColumnMap, ...]:
    """Return the shipped maps and those of the unit's folder; a unit's own replaces its namesake.

    Raises:
        ColumnMapError: A map is wrong; file and place are named.
    """
    shipped = files("connectors.tabular") / "maps"
    sources = [(item.name, item.read_text(encoding="utf-8")) for item in shipped.iterdir()]
    if folder is not None:
        if not folder.is_dir():
            raise ColumnMapError(
                "The folder of column maps does not exist.",
                remedy="Create it, or leave WORKBENCH_COLUMN_MAPS out.",
                location=SourceLocation(str(folder)),
            )
        sources += [(str(p), p.read_text(encoding="utf-8-sig")) for p in folder.glob("*.toml")]
    maps = {}
    for name, text in sorted(sources, key=lambda source: ("/" in source[0], source[0])):
        if name.endswith(".toml"):
            column_map = _read(name, text)
            maps[column_map.id] = column_map
    return tuple(maps.values())


def _read(name: str, text: str) -> ColumnMap:
    try:
        source = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, "", f"This is not TOML: {error}.") from error
    for key in source.keys() - _KEYS:
        raise _wrong(name, key, f"A column map has no entry {key!r}.")
    match = source.get("match")
    if not match or not isinstance(source.get("columns"), dict) or not source.get("id"):
        raise _wrong(name, "", "A column map needs id, match and [columns].")
    order = _one_of(name, source, "date_order", get_args(DateOrder), "iso")
    kind = _one_of(name, source, "kind", tuple(FORMATS), "report")
    mark = _one_of(name, source, "decimal_mark", get_args(DecimalMark), ".")
    targets = {
        _folded(header): _target(name, header, meaning)
        for header, meaning in source["columns"].items()
    }
    together = frozenset(_folded(header) for header in source.get("one_referral", ()))
    if unknown := together - targets.keys():
        raise _wrong(name, "one_referral", f"There is no column {', '.join(sorted(unknown))}.")
    return ColumnMap(
        id=source["id"],
        source_format=FORMATS[kind],
        source_system=source.get("source_system", source["id"]),
        title=source.get("title", source["id"]),
        match=frozenset(_folded(header) for header in match),
        zone=_zone(name, source.get("time_zone")),
        date_order=order,
        decimal_mark=mark,
        one_referral=together,
        targets=targets,
        left_out=frozenset(_folded(header) for header in source.get("left_out", ())),
    )


def _one_of(
    name: str, source: Mapping[str, Any], key: str, allowed: Sequence[str], usual: str
) -> Any:  # noqa: ANN401 - one of a Literal's words
    said = source.get(key, usual)
    if said not in allowed:
        raise _wrong(name, key, f"{said!r} is none of {', '.join(allowed)}.")
    return said


def _folded(header: str) -> str:
    return fold_header(header)


def fold_header(header: str) -> str:
    """Return a header as it is compared: case and the amount of white space do not count."""
    return " ".join(header.split()).casefold()


def _zone(name: str, zone: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise _wrong(name, "time_zone", f"There is no time zone {zone!r}.") from error


def _target(name: str, header: str, meaning: Any) -> Target:  # noqa: ANN401 - TOML value
    entry = {"to": meaning} if isinstance(meaning, str) else meaning
    if not isinstance(entry, dict) or "to" not in entry:
        raise _wrong(name, header, "A column says `to` which table and column it goes.")
    for key in entry.keys() - _TARGET_KEYS:
        raise _wrong(name, header, f"A column has no entry {key!r}.")
    table, _, column = entry["to"].partition(".")
    column = column or OWN_COLUMN.get(table, "")
    given = dict(entry.get("set", {}))
    for wanted in (column, *given):
        if wanted not in TABLES.get(table, {}):
            raise _wrong(name, header, f"There is no column {table}.{wanted}.")
    # A bare table name opens rows of its own; `table.column` shares one row with its group.
    is_alone = "." not in entry["to"] and table != "file_record"
    if table == "attribute":
        given.setdefault("name", header)
    return Target(
        header=header,
        table=table,
        column=column,
        group=header if is_alone else entry.get("group", ""),
        file_group=entry.get("group"),
        given=given,
        split=entry.get("split", ""),
        party=_party(name, header, table, entry.get("party")),
        values={_folded(word): meant for word, meant in entry.get("values", {}).items()},
    )


def party_row(party: str) -> dict[str, str]:
    """Return what a party of a map is by its name: its role, and for payers and payees which."""
    role, account_type = _PARTIES[party]
    return {"role": role, "account_type": account_type} if account_type else {"role": role}


def place_with_map(place: str, map_id: str) -> str:
    """Return the place of a report in a table, with the map that read it."""
    return f"{place} ({map_id})"


def part_place(place: str) -> tuple[str, str]:
    """Return the line of a report in a table and the map that read it; empty: nobody noted it."""
    found = _WITH_MAP.fullmatch(place)
    return (found[1], found[2]) if found else (place, "")


def _party(name: str, header: str, table: str, said: str | None) -> str:
    if said is not None and said not in _PARTIES:
        raise _wrong(name, header, f"{said!r} is no role of a party.")
    return said or (PartyRole.REPORTED_USER.value if table in _ABOUT_A_PARTY else "")


def _wrong(name: str, place: str, sentence: str) -> ColumnMapError:
    return ColumnMapError(
        sentence,
        remedy="Correct the column map; connectors/tabular/README.md explains its entries.",
        location=SourceLocation(name, place),
    )


def choose_map(maps: Sequence[ColumnMap], headers: Sequence[str]) -> list[ColumnMap]:
    """Return the maps that fit best: every header they need is there, and they need most."""
    present = {fold_header(header) for header in headers}
    fitting = [column_map for column_map in maps if column_map.match <= present]
    most = max((len(column_map.match) for column_map in fitting), default=0)
    return [column_map for column_map in fitting if len(column_map.match) == most]
