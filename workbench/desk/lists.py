"""The unit's lists, whatever they are lists of: which are loaded, how old, from whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from workbench.store.connection import Store

# Each gives the columns of `LoadedList` up to `rejected_count`; a further kind of list is a line.
_STATEMENTS: Final = ("enrich/list_network_feeds", "enrich/list_hash_feeds")
# Registries that change by decree, not by the week, do not age.
_AGELESS: Final = frozenset({"reserved"})


@dataclass(frozen=True, slots=True)
class LoadedList:
    """One list that speaks now.

    `as_of` None: nobody knows; `as_of_basis` says whose date it is: stated, in_file, file_date or
    not_known. `age_days` counts from `as_of`.
    """

    kind: str
    name: str
    label: str | None
    as_of: date | None
    as_of_basis: str
    licence: str | None
    file_name: str
    loaded_at: datetime
    loaded_by: str | None
    entry_count: int
    rejected_count: int
    age_days: int | None
    is_old: bool


def list_loaded_lists(store: Store, *, today: date, age_limit_days: int) -> tuple[LoadedList, ...]:
    """Return every list that speaks now, by kind and name.

    Args:
        store: Where they are.
        today: The day from which age is counted.
        age_limit_days: An older list, or one without a date, is old.
    """
    rows = [row for statement in _STATEMENTS for row in store.rows(statement)]
    lists = []
    for row in sorted(rows, key=lambda row: (row["kind"], row["name"])):
        age = (today - row["as_of"]).days if row["as_of"] else None
        is_old = row["kind"] not in _AGELESS and (age is None or age > age_limit_days)
        lists.append(LoadedList(**row, age_days=age, is_old=is_old))
    return tuple(lists)
