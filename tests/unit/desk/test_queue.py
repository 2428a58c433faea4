"""The queue: which rows, in which order, how many, and which comes next."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.unit.desk.store_rows import (
    NOON,
    TODAY,
    add_assessment,
    add_decision,
    add_provider_name,
    add_referral,
    add_rulebook,
    insert,
)
from workbench.desk.queue import (
    FilterValues,
    QueueCounts,
    QueueFilter,
    QueueSort,
    count_queue,
    list_filter_values,
    list_queue,
    next_in_queue,
    previous_in_queue,
)
from workbench.store.connection import Store

FIRST = QueueSort()


@pytest.fixture
def rulebook(store: Store) -> Iterator[Store]:
    add_rulebook(store)
    return store


def ids(
    store: Store, chosen: QueueFilter | None = None, sort: QueueSort = FIRST, today: date = TODAY
) -> list[str]:
    rows = list_queue(
        store, chosen or QueueFilter(), sort, limit=100, offset=0, today=today, language="en"
    )
    return [row.referral_id for row in rows]


def days(*left: int | None) -> list[date | None]:
    return [None if count is None else TODAY + timedelta(days=count) for count in left]


def test_an_empty_store_has_an_empty_queue(store: Store) -> None:
    assert ids(store) == []
    assert count_queue(store, QueueFilter(), TODAY) == QueueCounts(0, 0, 0)
    assert list_filter_values(store) == FilterValues((), ())
    assert next_in_queue(store, QueueFilter(), FIRST, "nobody", TODAY) is None


def test_danger_comes_first_and_an_unassessed_referral_is_not_the_harmless_end(
    store: Store,
) -> None:
    for urgency in ("routine", "immediate", "elevated", "high"):
        add_assessment(store, add_referral(store, urgency), urgency=urgency)
    add_referral(store, "unassessed")
    assert ids(store) == ["immediate", "unassessed", "high", "elevated", "routine"]


def test_equal_danger_is_ordered_by_time_left_with_unknown_then_expired_last(
    store: Store,
) -> None:
    for name, left in {"gone": -1, "long gone": -300, "far": 200, "now": 0}.items():
        add_assessment(store, add_referral(store, name), last_days=days(left))
    add_assessment(store, add_referral(store, "unknown"), last_days=days(None))
    add_assessment(store, add_referral(store, "no clock"), last_days=[])
    assert ids(store) == ["now", "far", "no clock", "unknown", "gone", "long gone"]


def test_sorting_by_time_downwards_keeps_unknown_and_expired_in_their_places(
    store: Store,
) -> None:
    for name, left in {"gone": -1, "far": 200, "now": 0, "unknown": None}.items():
        add_assessment(store, add_referral(store, name), last_days=days(left))
    assert ids(store, sort=QueueSort("time_left", is_descending=True)) == [
        "far", "now", "unknown", "gone",
    ]  # fmt: skip


def test_equal_time_is_ordered_by_ability_to_act_then_oldest_first(store: Store) -> None:
    older = NOON - timedelta(days=3)
    add_assessment(store, add_referral(store, "no"), actionability="not_actionable")
    add_assessment(store, add_referral(store, "ask"), actionability="needs_information")
    add_assessment(store, add_referral(store, "new"), actionability="actionable")
    add_assessment(store, add_referral(store, "undated", received_at=None))
    add_assessment(store, add_referral(store, "old", received_at=older))
    assert ids(store) == ["old", "new", "undated", "ask", "no"]


def test_the_deadline_is_the_next_one_ahead_else_the_last_that_passed(store: Store) -> None:
    add_rulebook(store)
    add_assessment(store, add_referral(store, "a"), last_days=days(-5, 30, 4, None))
    add_assessment(store, add_referral(store, "last day"), last_days=days(-5, 0, 4))
    add_assessment(store, add_referral(store, "b"), last_days=days(-5, -2, None))
    today, first, second = list_queue(
        store, QueueFilter(), FIRST, limit=9, offset=0, today=TODAY, language="en"
    )
    assert (today.deadline_on, today.days_left) == (TODAY, 0)
    assert (first.deadline_on, first.days_left) == (TODAY + timedelta(days=4), 4)
    assert (first.deadline_kind, first.legal_basis) == ("connection_data", "Act of no-access")
    assert (first.certainty, first.is_country_assumed) == ("statute", True)
    assert (second.deadline_on, second.days_left) == (TODAY - timedelta(days=2), -2)
    # What the list counts cheaply is what the view other people rely on says.
    seen = store.rows_of(
        "SELECT referral_id, analyst.next_clock(clocks, $today).last_on AS last_on "
        "FROM referral.assessment ORDER BY referral_id",
        {"today": TODAY},
    )
    assert [row["last_on"] for row in seen] == [
        first.deadline_on, second.deadline_on, today.deadline_on,
    ]  # fmt: skip


def test_an_unassessed_referral_shows_unknown_and_never_zero(store: Store) -> None:
    add_referral(store, "a", report_number="991000001")
    [row] = list_queue(store, QueueFilter(), FIRST, limit=9, offset=0, today=TODAY, language="en")
    assert (row.urgency, row.actionability, row.kind) == (None, None, None)
    assert (row.deadline_on, row.days_left, row.deadline_kind) == (None, None, None)
    assert row.chips == ()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("open", {"open", "reopened"}),
        ("waiting", {"waiting"}),
        ("decided", {"imported", "not imported", "passed on"}),
        ("all", {"open", "reopened", "waiting", "imported", "not imported", "passed on"}),
    ],
)
def test_status_is_what_the_newest_decision_says(
    store: Store, status: str, expected: set[str]
) -> None:
    decided = {
        "waiting": "awaiting_information",
        "imported": "imported",
        "not imported": "not_imported",
        "passed on": "transferred",
    }
    for name in ("open", "reopened", *decided):
        add_referral(store, name)
    for name, disposition in decided.items():
        add_decision(store, name, disposition, NOON)
    add_decision(store, "reopened", "imported", NOON)
    add_decision(store, "reopened", None, NOON + timedelta(hours=1), origin="undo")
    assert set(ids(store, QueueFilter(status=status))) == expected  # type: ignore[arg-type] # parametrised


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        ("expired", {-1}),
        ("today", {0}),
        ("week", {0, 1, 7}),
        ("month", {0, 1, 7, 8, 30}),
        ("later", {31}),
        ("unknown", {None}),
        ("", {-1, 0, 1, 7, 8, 30, 31, None}),
    ],
)
def test_expiry_counts_whole_days_from_today(
    store: Store, expires: str, expected: set[int | None]
) -> None:
    for left in (-1, 0, 1, 7, 8, 30, 31, None):
        add_assessment(store, add_referral(store, f"r{left}"), last_days=days(left))
    found = set(ids(store, QueueFilter(expires=expires)))  # type: ignore[arg-type] # parametrised
    assert found == {f"r{left}" for left in expected}


def test_filters_combine_and_unknown_can_be_chosen(store: Store) -> None:
    add_assessment(store, add_referral(store, "a"), urgency="high", kind="sextortion")
    add_assessment(store, add_referral(store, "b"), urgency="high", kind="image")
    add_assessment(store, add_referral(store, "c", provider="Other"), urgency="high", kind="image")
    add_referral(store, "d")
    assert ids(store, QueueFilter(urgency=("high",), kind=("image",))) == ["b", "c"]
    assert ids(store, QueueFilter(kind=("image",), provider=("Other",))) == ["c"]
    assert ids(store, QueueFilter(urgency=("unknown",))) == ["d"]
    assert ids(store, QueueFilter(actionability=("unknown",), kind=("unknown",))) == ["d"]
    counts = count_queue(store, QueueFilter(urgency=("high", "unknown")), TODAY)
    assert counts == QueueCounts(total=4, immediate=0, expiring_week=0)


def test_counts_are_of_what_the_filter_leaves(store: Store) -> None:
    add_assessment(store, add_referral(store, "a"), urgency="immediate", last_days=days(7))
    add_assessment(store, add_referral(store, "b"), urgency="immediate", last_days=days(8))
    add_assessment(store, add_referral(store, "c"), urgency="high", last_days=days(0))
    add_assessment(store, add_referral(store, "d"), urgency="high", last_days=days(-1))
    assert count_queue(store, QueueFilter(), TODAY) == QueueCounts(4, 2, 2)
    assert count_queue(store, QueueFilter(urgency=("high",)), TODAY) == QueueCounts(2, 0, 1)


@pytest.mark.parametrize(
    "text", ["99100077", "chatter", "River_Stone", "100% {x}", "river@example.org", "  river_st "]
)
def test_text_finds_number_provider_and_identifiers(store: Store, text: str) -> None:
    here = add_referral(store, "a", report_number="991000777", provider="ChatterBox AS")
    add_referral(store, "b", report_number="991000888", provider="Other")
    for value in ("river_stone", "100% {x}", "River@Example.org"):
        insert(store, "referral.identifier", version_id=here, party_no=1, value_as_written=value)
    assert ids(store, QueueFilter(text=text)) == ["a"]


def test_text_does_not_find_what_only_an_older_version_said(store: Store) -> None:
    old = add_referral(store, "a")
    insert(store, "referral.identifier", version_id=old, party_no=1, value="former_name")
    assert ids(store, QueueFilter(text="former")) == ["a"]
    add_referral(store, "a", version=2)
    assert ids(store, QueueFilter(text="former")) == []


def test_the_newest_version_and_assessment_count(store: Store) -> None:
    old = add_referral(store, "a", report_number="991000001")
    add_assessment(store, old, urgency="immediate")
    new = add_referral(store, "a", report_number="991000001", version=2)
    add_assessment(store, new, urgency="high", run=1)
    add_assessment(store, new, urgency="elevated", run=2)
    [row] = list_queue(store, QueueFilter(), FIRST, limit=9, offset=0, today=TODAY, language="en")
    assert (row.version, row.urgency) == (2, "elevated")


def test_providers_stand_under_their_canonical_names(store: Store) -> None:
    add_provider_name(store, "Chatter Box, Inc.", "ChatterBox")
    add_assessment(store, add_referral(store, "a", provider="Chatter Box, Inc."), kind="tourism")
    add_referral(store, "b", provider="unheard of")
    add_referral(store, "c", provider=None)
    assert list_filter_values(store) == FilterValues(
        providers=("ChatterBox", "unheard of"), kinds=("tourism", "unknown")
    )
    assert ids(store, QueueFilter(provider=("ChatterBox",))) == ["a"]


def test_chips_are_the_rules_met_on_danger_and_ability_to_act_strongest_first(
    rulebook: Store,
) -> None:
    identity = add_referral(rulebook, "a")
    add_assessment(rulebook, identity, outcomes=(True, True, True, True, True))
    other = add_referral(rulebook, "b")
    add_assessment(rulebook, other, outcomes=(False, None, None, True, None))
    rows = list_queue(rulebook, QueueFilter(), FIRST, limit=9, offset=0, today=TODAY, language="nb")
    assert [[chip.rule_id for chip in row.chips] for row in rows] == [
        ["child-at-risk", "stated-victim", "dated-address"],
        [],
    ]


def test_pages_are_slices_of_one_order(store: Store) -> None:
    for number in range(7):
        add_referral(store, f"r{number}")
    pages = [
        [
            row.referral_id
            for row in list_queue(
                store, QueueFilter(), FIRST, limit=3, offset=offset, today=TODAY, language="en"
            )
        ]
        for offset in (0, 3, 6, 9)
    ]
    assert pages == [["r0", "r1", "r2"], ["r3", "r4", "r5"], ["r6"], []]


def test_next_and_previous_walk_the_list(store: Store) -> None:
    for number, left in enumerate((9, None, -4, 2, 9)):
        add_assessment(store, add_referral(store, f"r{number}"), last_days=days(left))
    for sort in (FIRST, QueueSort("time_left", is_descending=True), QueueSort("received")):
        listed = ids(store, sort=sort)
        ahead = [next_in_queue(store, QueueFilter(), sort, name, TODAY) for name in listed]
        behind = [previous_in_queue(store, QueueFilter(), sort, name, TODAY) for name in listed]
        assert ahead == [*listed[1:], None]
        assert behind == [None, *listed[:-1]]


def test_the_next_one_is_found_after_the_row_has_left_the_list(store: Store) -> None:
    for name in ("a", "b", "c"):
        add_referral(store, name)
    add_decision(store, "b", "imported", datetime(2026, 11, 22, 13, tzinfo=UTC))
    assert ids(store) == ["a", "c"]
    assert next_in_queue(store, QueueFilter(), FIRST, "b", TODAY) == "c"
    assert previous_in_queue(store, QueueFilter(), FIRST, "b", TODAY) == "a"
