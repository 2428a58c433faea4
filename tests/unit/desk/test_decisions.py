"""Deciding, undoing and reading: rows are only added, and undo restores what stood before."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.desk.store_rows import (
    NOON,
    RULEBOOK,
    add_assessment,
    add_decision,
    add_referral,
)
from workbench.desk.decisions import record_decision, record_reading, undo_decision
from workbench.errors import NotFoundError, UserError
from workbench.model.vocabulary import Disposition, Reason
from workbench.store.connection import Store


def decide(store: Store, reference: str = "a", **changed: Any) -> Any:
    asked: dict[str, Any] = {
        "disposition": "imported",
        "reason_code": None,
        "decided_by": "officer 7",
        "note": None,
        "now": NOON,
        **changed,
    }
    return record_decision(store, reference, **asked)


def history(store: Store) -> list[dict[str, Any]]:
    return store.rows_of("SELECT * FROM desk.decision ORDER BY decided_at")


def standing(store: Store, referral_id: str = "a") -> tuple[str | None, str | None] | None:
    rows = store.rows_of(
        "SELECT disposition, reason_code FROM desk.current_decision WHERE referral_id = $id",
        {"id": referral_id},
    )
    return (rows[0]["disposition"], rows[0]["reason_code"]) if rows else None


def test_a_decision_says_who_when_why_and_on_what(store: Store) -> None:
    identity = add_referral(store, "a", report_number="991000001")
    add_assessment(store, identity, urgency="high", actionability="needs_information")
    decision = decide(
        store, "991000001", disposition="not_imported", reason_code="age_doubt", note="  seen  ",
        decided_by=" officer 7 ",
    )  # fmt: skip
    [row] = history(store)
    assert row["decision_id"] == decision.decision_id
    assert (row["referral_id"], row["decided_by"], row["decided_at"]) == ("a", "officer 7", NOON)
    assert (row["disposition"], row["reason_code"]) == ("not_imported", "age_doubt")
    assert (row["note"], row["version_seen"], row["rulebook_hash"]) == ("seen", 1, RULEBOOK)
    assert (row["urgency_seen"], row["actionability_seen"]) == ("high", "needs_information")
    assert (row["supersedes"], row["origin"]) == (None, "officer")


def test_an_unassessed_referral_can_be_decided(store: Store) -> None:
    add_referral(store, "a")
    assert decide(store).rulebook_hash is None


def test_correcting_a_decision_keeps_the_first(store: Store) -> None:
    add_referral(store, "a")
    first = decide(store)
    second = decide(store, disposition="transferred", now=NOON + timedelta(hours=1))
    assert [row["disposition"] for row in history(store)] == ["imported", "transferred"]
    assert second.supersedes == first.decision_id
    assert standing(store) == ("transferred", None)


def test_the_newest_version_is_the_one_seen_unless_told(store: Store) -> None:
    add_referral(store, "a")
    add_assessment(store, add_referral(store, "a", version=2), urgency="high")
    assert decide(store).version_seen == 2
    earlier = decide(store, version_seen=1)
    assert (earlier.version_seen, earlier.urgency_seen) == (1, None)
    with pytest.raises(NotFoundError, match="no version 3"):
        decide(store, version_seen=3)
    assert len(history(store)) == 2


@pytest.mark.parametrize("disposition", list(Disposition))
@pytest.mark.parametrize("reason", [None, "", *Reason])
def test_a_reason_is_given_exactly_for_not_importing(
    store: Store, disposition: str, reason: str | None
) -> None:
    add_referral(store, "a")
    if (disposition == "not_imported") == bool(reason):
        assert decide(store, disposition=disposition, reason_code=reason).reason_code == (
            reason or None
        )
    else:
        with pytest.raises(UserError):
            decide(store, disposition=disposition, reason_code=reason)
        assert history(store) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"decided_by": "  "},
        {"disposition": "shelved"},
        {"disposition": "not_imported", "reason_code": "boredom"},
    ],
    ids=["nobody", "disposition", "reason"],
)
def test_what_is_missing_or_unknown_is_refused_with_a_remedy(
    store: Store, wrong: dict[str, Any]
) -> None:
    add_referral(store, "a")
    with pytest.raises(UserError) as refused:
        decide(store, **wrong)
    assert refused.value.remedy
    assert history(store) == []


def test_deciding_on_nothing_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError):
        decide(store, "991000009")


def test_a_number_in_two_numberings_is_refused_and_both_ids_are_named(store: Store) -> None:
    add_referral(store, "a", report_number="991000001")
    add_referral(store, "b", report_number="991000001", source_system="archive")
    with pytest.raises(UserError, match="a, b"):
        decide(store, "991000001")
    assert decide(store, "b").referral_id == "b"


def test_undo_opens_a_referral_that_had_no_earlier_decision(store: Store) -> None:
    add_referral(store, "a")
    first = decide(store)
    undone = undo_decision(store, "a", decided_by="officer 8", now=NOON + timedelta(minutes=1))
    assert (undone.disposition, undone.origin, undone.decided_by) == (None, "undo", "officer 8")
    assert undone.supersedes == first.decision_id
    assert len(history(store)) == 2
    assert standing(store) == (None, None)


def test_undo_restores_disposition_reason_and_note(store: Store) -> None:
    add_referral(store, "a")
    decide(store, disposition="not_imported", reason_code="no_files", note="looked twice")
    decide(store, now=NOON + timedelta(minutes=1))
    undone = undo_decision(store, "a", decided_by="officer 7", now=NOON + timedelta(minutes=2))
    assert (undone.disposition, undone.reason_code) == ("not_imported", "no_files")
    assert undone.note == "looked twice"


def test_nothing_to_undo_is_said(store: Store) -> None:
    add_referral(store, "a")
    with pytest.raises(UserError, match="No decision stands"):
        undo_decision(store, "a", decided_by="officer 7", now=NOON)
    decide(store)
    undo_decision(store, "a", decided_by="officer 7", now=NOON)
    with pytest.raises(UserError, match="No decision stands"):
        undo_decision(store, "a", decided_by="officer 7", now=NOON)
    assert len(history(store)) == 2


def test_decisions_from_files_can_be_undone_one_by_one(store: Store) -> None:
    add_referral(store, "a")
    add_decision(store, "a", "awaiting_information", NOON - timedelta(days=9))
    add_decision(store, "a", "imported", NOON - timedelta(days=3))
    undo_decision(store, "a", decided_by="officer 7", now=NOON)
    assert standing(store) == ("awaiting_information", None)
    undo_decision(store, "a", decided_by="officer 7", now=NOON)
    assert standing(store) == (None, None)


def test_a_decision_stands_even_when_the_one_before_is_dated_later(store: Store) -> None:
    add_referral(store, "a")
    add_decision(store, "a", "imported", NOON + timedelta(days=1))
    decision = decide(store, disposition="transferred", now=NOON)
    assert decision.decided_at == NOON + timedelta(days=1, microseconds=1)
    assert standing(store) == ("transferred", None)


@settings(max_examples=40)
@given(keys=st.lists(st.sampled_from(["undo", *Disposition]), max_size=9))
def test_any_run_of_decisions_and_undos_ends_where_a_pile_of_cards_would(keys: list[str]) -> None:
    with Store.open(None) as store:
        add_referral(store, "a")
        pile: list[str] = []
        rows = 0
        for key in keys:
            if key == "undo" and not pile:
                with pytest.raises(UserError):
                    undo_decision(store, "a", decided_by="officer 7", now=NOON)
                continue
            rows += 1
            if key == "undo":
                pile.pop()
                undo_decision(store, "a", decided_by="officer 7", now=NOON)
            else:
                pile.append(key)
                reason = "other" if key == "not_imported" else None
                decide(store, disposition=key, reason_code=reason)
            expected = pile[-1] if pile else None
            reason = "other" if expected == "not_imported" else None
            assert standing(store) == (expected, reason)
        assert len(history(store)) == rows


def test_a_reading_is_logged(store: Store) -> None:
    add_referral(store, "a")
    record_reading(store, "a", 1, " officer 7 ", "narrative", NOON)
    [row] = store.rows_of("SELECT * FROM desk.reading")
    assert row == {
        "referral_id": "a", "version": 1, "read_by": "officer 7", "read_at": NOON,
        "part": "narrative",
    }  # fmt: skip


def test_a_reading_by_nobody_or_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(UserError):
        record_reading(store, "a", 1, "", "narrative", NOON)
    with pytest.raises(UserError):
        record_reading(store, "a", 1, "officer 7", "cover", NOON)  # type: ignore[arg-type] # refused
