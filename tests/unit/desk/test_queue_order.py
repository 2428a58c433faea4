"""The queue in SQL equals a queue written naively in Python, on random stores."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.desk.store_rows import (
    NOON,
    TODAY,
    add_assessment,
    add_decision,
    add_referral,
    add_rulebook,
)
from workbench.desk.queue import (
    QueueCounts,
    QueueFilter,
    QueueSort,
    count_queue,
    list_queue,
    next_in_queue,
    previous_in_queue,
)
from workbench.store.connection import Store

URGENCY = ["immediate", None, "high", "elevated", "routine"]
ACTIONABILITY = ["actionable", "needs_information", None, "not_actionable"]
KINDS = ["image", "sextortion", None]
DISPOSITIONS = [None, "imported", "not_imported", "awaiting_information", "transferred"]
CLEARED = ("referral.report_version", "referral.assessment", "desk.decision")


@dataclass(frozen=True)
class Waiting:
    """One referral of a random store, as plainly as it can be said."""

    name: str
    provider: str | None
    received_at: datetime | None
    is_assessed: bool
    urgency: str
    actionability: str
    kind: str | None
    last_days: tuple[date | None, ...]
    disposition: str | None


# Few values, so that ties are common and every key of the order decides somewhere.
last_days = st.lists(
    st.one_of(
        st.none(), st.sampled_from([-40, -1, 0, 1, 7, 8, 31]).map(lambda n: TODAY + timedelta(n))
    ),
    max_size=3,
)
received_times = st.one_of(
    st.none(), st.integers(0, 2).map(lambda hours: NOON - timedelta(hours=hours))
)


@st.composite
def waiting_referrals(draw: st.DrawFn) -> list[Waiting]:
    count = draw(st.sampled_from([0, 1, 8, 9, 10]))
    urgencies = draw(st.sampled_from([["high"], [name for name in URGENCY if name]]))
    days = draw(st.sampled_from([last_days, st.just([])]))
    return [
        Waiting(
            name=f"r{number:02}",
            provider=draw(st.sampled_from(["Box", "box", None])),
            received_at=draw(received_times),
            is_assessed=draw(st.sampled_from([True, True, True, False])),
            urgency=draw(st.sampled_from(urgencies)),
            actionability=draw(st.sampled_from([name for name in ACTIONABILITY if name])),
            kind=draw(st.sampled_from(KINDS)),
            last_days=tuple(draw(days)),
            disposition=draw(st.sampled_from(DISPOSITIONS)),
        )
        for number in draw(st.permutations(range(count)))
    ]


filters = st.builds(
    QueueFilter,
    status=st.sampled_from(["open", "waiting", "decided", "all", "all"]),
    urgency=st.sampled_from([(), (), ("immediate", "high"), ("unknown",)]),
    actionability=st.sampled_from([(), (), ("actionable",), ("unknown", "not_actionable")]),
    expires=st.sampled_from(["", "", "expired", "today", "week", "month", "later", "unknown"]),
    provider=st.sampled_from([(), (), ("Box",)]),
    kind=st.sampled_from([(), (), ("image", "unknown")]),
    text=st.sampled_from(["", "", "BOX"]),
)
sorts = st.builds(
    QueueSort,
    column=st.sampled_from(["urgency", "actionability", "time_left", "received"]),
    is_descending=st.booleans(),
)


def deadline(referral: Waiting) -> date | None:
    known = [day for day in referral.last_days if day is not None and referral.is_assessed]
    ahead = [day for day in known if day >= TODAY]
    return min(ahead) if ahead else max(known, default=None)


def naive_keys(referral: Waiting) -> dict[str, tuple[int, float]]:
    """Column -> (place that never turns, rank that turns when sorted downwards)."""
    day = deadline(referral)
    if day is None:
        time_left: tuple[int, float] = (1, 0)
    else:
        time_left = (2 if day < TODAY else 0, abs((day - TODAY).days))
    at = referral.received_at
    urgency = referral.urgency if referral.is_assessed else None
    actionability = referral.actionability if referral.is_assessed else None
    return {
        "urgency": (0, URGENCY.index(urgency)),
        "time_left": time_left,
        "actionability": (0, ACTIONABILITY.index(actionability)),
        "received": (1, 0.0) if at is None else (0, at.timestamp()),
    }


def naive_order(referrals: list[Waiting], sort: QueueSort) -> list[str]:
    def key(referral: Waiting) -> list[Any]:
        keys = naive_keys(referral)
        place, rank = keys[sort.column]
        return [place, -rank if sort.is_descending else rank, *keys.values(), referral.name]

    return [referral.name for referral in sorted(referrals, key=key)]


def is_chosen(referral: Waiting, chosen: QueueFilter) -> bool:
    day = deadline(referral)
    left = None if day is None else (day - TODAY).days
    status = {None: "open", "awaiting_information": "waiting"}.get(referral.disposition, "decided")
    urgency = referral.urgency if referral.is_assessed else "unknown"
    actionability = referral.actionability if referral.is_assessed else "unknown"
    kind = (referral.kind or "unknown") if referral.is_assessed else "unknown"
    expires = {
        "": True,
        "unknown": left is None,
        "expired": left is not None and left < 0,
        "today": left == 0,
        "week": left is not None and 0 <= left <= 7,
        "month": left is not None and 0 <= left <= 30,
        "later": left is not None and left > 30,
    }
    return (
        chosen.status in ("all", status)
        and urgency in (chosen.urgency or (urgency,))
        and actionability in (chosen.actionability or (actionability,))
        and kind in (chosen.kind or (kind,))
        and referral.provider in (chosen.provider or (referral.provider,))
        and expires[chosen.expires]
        and chosen.text.lower() in (referral.provider or "").lower()
    )


def fill(store: Store, referrals: list[Waiting]) -> None:
    for table in CLEARED:
        store.run_text(f"DELETE FROM {table}")  # noqa: S608 - table names of this module
    for referral in referrals:
        identity = add_referral(
            store, referral.name, provider=referral.provider, received_at=referral.received_at
        )
        if referral.is_assessed:
            add_assessment(
                store,
                identity,
                urgency=referral.urgency,
                actionability=referral.actionability,
                kind=referral.kind,
                last_days=referral.last_days,
            )
        if referral.disposition:
            add_decision(store, referral.name, referral.disposition, NOON)


@pytest.fixture(scope="module")
def shared_store() -> Iterator[Store]:
    with Store.open(None) as opened:
        add_rulebook(opened)
        yield opened


def pages(store: Store, chosen: QueueFilter, sort: QueueSort, size: int) -> Iterator[str]:
    """Turn the pages until one is empty."""
    offset = 0
    while rows := list_queue(
        store, chosen, sort, limit=size, offset=offset, today=TODAY, language="en"
    ):
        yield from (row.referral_id for row in rows)
        offset += size


@settings(max_examples=40)
@given(referrals=waiting_referrals(), sort=sorts)
def test_the_order_is_the_naive_order_whichever_way_the_pages_are_cut(
    shared_store: Store, referrals: list[Waiting], sort: QueueSort
) -> None:
    fill(shared_store, referrals)
    everything = QueueFilter(status="all")
    expected = naive_order(referrals, sort)
    assert list(pages(shared_store, everything, sort, 2)) == expected
    assert list(pages(shared_store, everything, sort, 7)) == expected


@settings(max_examples=20)
@given(referrals=waiting_referrals(), chosen=filters, sort=sorts)
def test_a_filter_leaves_counts_and_steps_through_the_same_rows(
    shared_store: Store, referrals: list[Waiting], chosen: QueueFilter, sort: QueueSort
) -> None:
    fill(shared_store, referrals)
    left = [referral for referral in referrals if is_chosen(referral, chosen)]
    expected = naive_order(left, sort)
    assert list(pages(shared_store, chosen, sort, 50)) == expected
    days_left = [(day - TODAY).days for day in map(deadline, left) if day is not None]
    assert count_queue(shared_store, chosen, TODAY) == QueueCounts(
        total=len(left),
        immediate=sum(r.is_assessed and r.urgency == "immediate" for r in left),
        expiring_week=sum(0 <= count <= 7 for count in days_left),
    )
    # From any referral, shown or not, "next" and "previous" are its neighbours in the list.
    whole = naive_order(referrals, sort)
    for place in range(0, len(whole), 3):
        behind = [other for other in whole[:place] if other in expected]
        ahead = [other for other in whole[place + 1 :] if other in expected]
        found = next_in_queue(shared_store, chosen, sort, whole[place], TODAY)
        assert found == (ahead[0] if ahead else None)
        found = previous_in_queue(shared_store, chosen, sort, whole[place], TODAY)
        assert found == (behind[-1] if behind else None)
