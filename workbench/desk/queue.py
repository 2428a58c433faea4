"""The order of work: what is waiting, in which order, and why each row stands where it does.

Danger, ability to act and time left are three columns and never one number. The default order is
urgency, then time left, then ability to act, then age. A value nobody knows has a place of its own:
unassessed urgency right after immediate, an unknown last day after those that run and before those
that have passed, unassessed ability to act before "not actionable".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from workbench.store.connection import Store

Status = Literal["open", "waiting", "decided", "changed", "all"]
Expires = Literal["", "shift", "today", "week", "month", "later", "expired", "unknown"]
SortColumn = Literal["urgency", "actionability", "time_left", "received"]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the officer wants to see; filters combine, and an empty one leaves everything.

    `expires` counts whole days from today: `week` is at most 7 days left, `month` at most 30,
    `later` more than 30; days that have passed are only in `expired`. `shift` is what may be gone
    when the next shift begins, counted by the moment and not by the day. `changed` is what was
    decided before a newer version or a further source came. `urgency`, `actionability`
    and `kind` take the word "unknown" for rows without a value. `text` is looked for in report
    number, provider and identifiers.
    """

    status: Status = "open"
    urgency: tuple[str, ...] = ()
    actionability: tuple[str, ...] = ()
    expires: Expires = ""
    provider: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class QueueSort:
    """One column first, then the default order; unknown and expired days keep their places."""

    column: SortColumn = "urgency"
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One rule that is met, in a few words: why the referral stands here."""

    rule_id: str
    axis: str
    effect: str
    title: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One referral in the list. `days_left` is negative once the day has passed; None: unknown.

    `ask_by_on` is the last working day on or before `deadline_on`, and `ip_address` the address
    whose connection data is lost then, if that is what is lost.
    """

    referral_id: str
    report_number: str | None
    version: int
    provider: str | None
    kind: str | None
    received_at: datetime | None
    urgency: str | None
    actionability: str | None
    deadline_on: date | None
    deadline_kind: str | None
    days_left: int | None
    ask_by_on: date | None
    ip_address: str | None
    legal_basis: str | None
    certainty: str | None
    is_start_estimated: bool | None
    is_country_assumed: bool | None
    disposition: str | None
    reason_code: str | None
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Of what the filter leaves: all, those of immediate urgency, those with up to 7 days left."""

    total: int
    immediate: int
    expiring_week: int


@dataclass(frozen=True, slots=True)
class FilterValues:
    """What can be chosen: canonical providers and kinds that are in the store, by name."""

    providers: tuple[str, ...]
    kinds: tuple[str, ...]


def list_queue(  # noqa: PLR0913 - what to show, which page of it, and how to write it
    store: Store,
    chosen: QueueFilter,
    sort: QueueSort,
    *,
    limit: int,
    offset: int,
    today: date,
    language: str,
    shift_at: datetime | None = None,
) -> list[QueueRow]:
    """Return one page of the queue.

    Args:
        store: Where the referrals are.
        chosen: What to leave in.
        sort: Which column comes first.
        limit: Rows on the page.
        offset: Rows before the page.
        today: The day from which time left is counted.
        language: Of the chips' titles and the legal basis: en or nb.
        shift_at: When the next shift begins; needed only to filter by it.
    """
    params = {**filter_params(chosen, today, shift_at), **_sort_params(sort)}
    page = {"row_limit": limit, "row_offset": offset, "language": language}
    found = store.rows("desk/list_queue", {**params, **page})
    chips = _list_chips(store, [row["assessment_id"] for row in found], language)
    return [_queue_row(row, chips.get(row["assessment_id"], ()), today) for row in found]


def count_queue(
    store: Store, chosen: QueueFilter, today: date, shift_at: datetime | None = None
) -> QueueCounts:
    """Count what the filter leaves."""
    [row] = store.rows("desk/count_queue", filter_params(chosen, today, shift_at))
    return QueueCounts(**row)


def count_changed(store: Store) -> int:
    """Count the decided referrals of which something newer came after the decision."""
    [row] = store.rows("desk/count_changed")
    return int(row["changed"])


def list_filter_values(store: Store) -> FilterValues:
    """Return the providers and kinds one can filter by."""
    return FilterValues(
        providers=tuple(row["provider"] for row in store.rows("desk/list_providers")),
        kinds=tuple(row["kind"] for row in store.rows("desk/list_kinds")),
    )


def next_in_queue(  # noqa: PLR0913, PLR0917 - the queue as it is seen, and a place in it
    store: Store,
    chosen: QueueFilter,
    sort: QueueSort,
    referral_id: str,
    today: date,
    shift_at: datetime | None = None,
) -> str | None:
    """Return the referral after this one, or None at the end.

    `referral_id` need not be in what the filter leaves: the answer is the first row after the place
    where it would stand, so one may ask before or after deciding it.
    """
    filtered = filter_params(chosen, today, shift_at)
    params = {**filtered, **_sort_params(sort), "referral_id": referral_id}
    found = store.row("desk/find_next", params)
    return str(found["referral_id"]) if found else None


def previous_in_queue(  # noqa: PLR0913, PLR0917 - the queue as it is seen, and a place in it
    store: Store,
    chosen: QueueFilter,
    sort: QueueSort,
    referral_id: str,
    today: date,
    shift_at: datetime | None = None,
) -> str | None:
    """Return the referral before this one, or None at the start; see `next_in_queue`."""
    filtered = filter_params(chosen, today, shift_at)
    params = {**filtered, **_sort_params(sort), "referral_id": referral_id}
    found = store.row("desk/find_previous", params)
    return str(found["referral_id"]) if found else None


def filter_params(
    chosen: QueueFilter, today: date, shift_at: datetime | None = None
) -> dict[str, Any]:
    """Return what the statements over the queue ask for.

    Raises:
        ValueError: The next shift is to be filtered by, and nobody says when it begins.
    """
    if chosen.expires == "shift" and shift_at is None:
        raise ValueError("the start of the next shift is needed to filter by it")
    return {
        "today": today,
        "shift_at": shift_at,
        "status": chosen.status,
        "urgency": list(chosen.urgency),
        "actionability": list(chosen.actionability),
        "expires": chosen.expires,
        "provider": list(chosen.provider),
        "kind": list(chosen.kind),
        "sought": chosen.text.strip(),
    }


def _sort_params(sort: QueueSort) -> dict[str, Any]:
    return {"sort_column": sort.column, "direction": -1 if sort.is_descending else 1}


def _list_chips(
    store: Store, assessment_ids: Iterable[Any], language: str
) -> dict[Any, tuple[Chip, ...]]:
    assessed = [identity for identity in assessment_ids if identity is not None]
    chips: dict[Any, tuple[Chip, ...]] = {}
    params = {"assessment_ids": assessed, "language": language}
    for row in store.rows("desk/list_chips", params):
        chip = Chip(row["rule_id"], row["axis"], row["effect"], row["title"])
        chips[row["assessment_id"]] = (*chips.get(row["assessment_id"], ()), chip)
    return chips


def _queue_row(row: dict[str, Any], chips: tuple[Chip, ...], today: date) -> QueueRow:
    deadline_on: date | None = row["deadline_on"]
    shown = {name: value for name, value in row.items() if name != "assessment_id"}
    days_left = None if deadline_on is None else (deadline_on - today).days
    return QueueRow(**shown, days_left=days_left, chips=chips)
