"""Which row of one copy is which row of another: by what a person would know it by, best key first.

Numbers such as `party_no` count rows within one copy; a person inserted at the front moves them
all. So parties are matched by account, then by role, and everything else by its own value and by
the party and file it belongs to, which are matched first.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from workbench.desk.origins import SourceRow

# Keys by which a row may be recognised; rows that share one are the same row. None: no such key.
Keys = Iterable[Hashable | None]
Recognise = Callable[["PlacedRow"], Keys]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of one copy with what it belongs to, in terms both copies share."""

    row: SourceRow
    account: tuple[str, ...]  # of a party: its identifiers, strongest first
    party: Hashable  # which party it belongs to; None: none
    file: Hashable

    def value(self, column: str) -> Any:  # noqa: ANN401 - whatever the column holds
        """Return what a column says, letter case and spacing left out; None: nothing."""
        value = self.row.values.get(column)
        return " ".join(value.split()).casefold() if isinstance(value, str) else value

    @property
    def owner(self) -> Hashable:
        """Party and file together."""
        return (self.party, self.file)


@dataclass(frozen=True, slots=True)
class RowPair:
    """One row as two copies have it; one side None: only the other has it."""

    before: PlacedRow | None
    after: PlacedRow | None


def match_rows(before: Sequence[SourceRow], after: Sequence[SourceRow]) -> list[RowPair]:
    """Pair the rows of two copies, each row once: table by table, in the first copy's order."""
    pairs: list[RowPair] = []
    owners: dict[str, tuple[_Owners, _Owners]] = {}
    for table in _in_reading_order({row.table for row in (*before, *after)}):
        sides = [
            [_placed(row, rows, owners, side) for row in rows if row.table == table]
            for side, rows in enumerate((before, after))
        ]
        found = list(_paired(table, sides[0], sides[1]))
        pairs.extend(found)
        if table in _NUMBERS:
            owners[table] = _owners(found, _NUMBERS[table])
    return pairs


_Owners = Mapping[int | None, Hashable]
_NUMBERS: Final = {"party": "party_no", "file_record": "file_no"}
_FIRST: Final = ("report", "party", "file_record")


def _in_reading_order(tables: set[str]) -> list[str]:
    return [*(table for table in _FIRST if table in tables), *sorted(tables - set(_FIRST))]


def _placed(
    row: SourceRow,
    rows: Sequence[SourceRow],
    owners: Mapping[str, tuple[_Owners, _Owners]],
    side: int,
) -> PlacedRow:
    def owner(table: str) -> Hashable:
        number = row.values.get(_NUMBERS[table])
        return owners[table][side].get(number) if table in owners else None

    is_party = row.table == "party"
    account = _accounts(row, rows) if is_party else ()
    return PlacedRow(row, account, None if is_party else owner("party"), owner("file_record"))


def _accounts(party: SourceRow, rows: Sequence[SourceRow]) -> tuple[str, ...]:
    """Return what tells an account: its key at the provider, else address, number or handle."""
    own = [
        (row.values.get("kind"), row.values.get("value") or row.values.get("value_as_written"))
        for row in rows
        if row.table == "identifier"
        and row.values.get("party_no") == party.values.get("party_no")
        and row.values.get("file_no") is None
    ]
    own.append(("provider_user_id", party.values.get("provider_user_id")))
    return tuple(
        f"{kind} {value.casefold()}"
        for kind in ("provider_user_id", "email", "phone", "screen_name")
        for named, value in own
        if named == kind and value
    )


def _owners(pairs: Sequence[RowPair], number: str) -> tuple[_Owners, _Owners]:
    """Return for both copies: a row's number there -> the pair it belongs to."""
    sides: tuple[dict[int | None, Hashable], dict[int | None, Hashable]] = ({}, {})
    for place, pair in enumerate(pairs):
        for side, found in zip(sides, (pair.before, pair.after), strict=True):
            if found is not None:
                side[found.row.values.get(number)] = place
    return sides


def _same_words(placed: PlacedRow) -> Keys:
    left_out = {"version_id", "source_path", "not_stated", *_NUMBERS.values()}
    values = placed.row.values.items()
    yield tuple((name, str(value)) for name, value in sorted(values) if name not in left_out)


def _any_row(_: PlacedRow) -> Keys:
    yield ()


def _by(*columns: str, owned: bool = True, first_needed: bool = True) -> Recognise:
    """Return a way to know a row by these columns; nothing is known by a first column left out."""

    def keys(placed: PlacedRow) -> Keys:
        values = tuple(placed.value(column) for column in columns)
        if first_needed and values and values[0] is None:
            return
        yield (placed.owner, values) if owned else values

    return keys


def _by_file_name(placed: PlacedRow) -> Keys:
    yield placed.value("original_name")
    yield placed.value("file_name")


def _by_account(placed: PlacedRow) -> Keys:
    for account in placed.account:
        yield placed.value("role"), account


def _unnamed_file(placed: PlacedRow) -> Keys:
    columns = ("file_id", "original_name", "file_name")
    yield () if not any(placed.value(column) for column in columns) else None


_WAYS: Final[Mapping[str, Sequence[Recognise]]] = {
    "report": (_any_row,),
    "party": (_by_account, _by("role", first_needed=False)),
    "file_record": (_by("file_id"), _by_file_name, _unnamed_file),
    "identifier": (
        _by("kind", "value", "value_as_written"),
        _by("kind", "value"),
        _by("kind", "value", owned=False),
        _by("kind"),
    ),
    "ip_event": (
        _by("ip_address", "occurred_at"),
        _by("ip_address", "occurred_at", owned=False),
        _by("ip_address", "event_name"),
        _by("ip_address"),
    ),
    "geo_lookup": (_by("ip_address", "subject"), _by("ip_address")),
    "file_hash": (_by("hash_type", "value"), _by("value", owned=False), _by("hash_type")),
    "address": (_by("origin", "label", "city"), _by("origin", "label"), _by("origin")),
    "prior_report": (_by("prior_report_number", owned=False),),
    "text_block": (_by("content", "kind"), _by("content", owned=False), _by("kind")),
    "attribute": (_by("name", "value_as_written"), _by("name")),
    "web_address": (_by("content_id", "relation"), _by("url_as_written", "relation")),
    "web_assessment": (_by("web_address_no", "classified_by"), _by("web_address_no")),
    "web_action": (_by("action", "web_address_no", "acted_at"), _by("action", "web_address_no")),
    "transaction_record": (_by("reference"), _by("occurred_at", "amount_as_written")),
    "recorded_decision": (_by("disposition"), _any_row),
}
# Where several rows of one key are left on a side, none of them is known to be the changed one.
_ONE_EACH_AT_LAST: Final = frozenset({"identifier", "attribute", "text_block", "file_hash"})


def _paired(
    table: str, before: Sequence[PlacedRow], after: Sequence[PlacedRow]
) -> Iterator[RowPair]:
    ways = _WAYS.get(table, (_same_words, _any_row))
    partner: dict[int, int] = {}
    for recognise in ways:
        is_last = table in _ONE_EACH_AT_LAST and recognise is ways[-1]
        _match(before, after, recognise, partner, one_each=is_last)
    taken = set(partner.values())
    for place, row in enumerate(before):
        yield RowPair(row, after[partner[place]] if place in partner else None)
    for place, row in enumerate(after):
        if place not in taken:
            yield RowPair(None, row)


def _match(
    before: Sequence[PlacedRow],
    after: Sequence[PlacedRow],
    recognise: Recognise,
    partner: dict[int, int],
    *,
    one_each: bool,
) -> None:
    """Add to `partner` the rows that share a key, in order; those matched already stay so."""
    taken = set(partner.values())
    mine = _places(before, recognise, set(partner))
    theirs = _places(after, recognise, taken)
    for key, places in mine.items():
        others = theirs.get(key, [])
        if one_each and (len(places) > 1 or len(others) > 1):
            continue
        for place in places:
            free = next((other for other in others if other not in taken), None)
            if free is not None and place not in partner:
                partner[place] = free
                taken.add(free)


def _places(
    rows: Sequence[PlacedRow], recognise: Recognise, without: set[int]
) -> dict[Hashable, list[int]]:
    keyed = sorted(
        (
            (repr(key), place)
            for place, row in enumerate(rows)
            if place not in without
            for key in recognise(row)
            if key is not None
        ),
    )
    return {key: [place for _, place in group] for key, group in groupby(keyed, lambda one: one[0])}
