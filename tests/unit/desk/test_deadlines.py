"""What one referral loses next, what remains, and that every place says the same day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.unit.assess.referral_rows import add_version, address, assess_all
from workbench.desk.deadlines import DeadlineView
from workbench.desk.queue import QueueFilter, QueueSort, list_queue
from workbench.desk.referral import show_referral
from workbench.enrich.working_days import keep_working_calendar
from workbench.store.connection import Store

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def store(store: Store) -> Store:
    keep_working_calendar(store, country="NO", time_zone="Europe/Oslo", now=NOW)
    return store


def deadline(store: Store, *, today: date = TODAY, **said: Any) -> DeadlineView:
    add_version(store, **said)
    assess_all(store)
    return show_referral(store, "referral-1", today=today, language="en").deadline


def at(day: str, number: int = 1, **said: Any) -> dict[str, Any]:
    return address(ip_event_no=number, occurred_at=f"{day} 12:00:00+00", **said)


def test_the_earliest_of_what_still_identifies_is_lost_first_and_the_next_remains(
    store: Store,
) -> None:
    found = deadline(
        store,
        received_at="2026-01-10 00:00:00+00",
        ip_event=[at("2025-12-05"), at("2025-11-01", 2), at("2026-01-05", 3)],
    )
    assert (found.last_on, found.ask_by_on) == (date(2026, 12, 5), date(2026, 12, 4))
    assert [clock.ip_event_no for clock in found.lost] == [1]
    assert [clock.last_on for clock in found.remaining] == [date(2027, 1, 5)]
    assert [clock.ip_event_no for clock in found.expired] == [2]
    assert not found.is_expired


def test_after_the_last_address_the_providers_copy_remains_and_then_nothing(store: Store) -> None:
    event, received = [at("2025-12-05")], "2026-01-10 00:00:00+00"
    found = deadline(store, received_at=received, ip_event=event)
    assert [clock.kind for clock in found.remaining] == ["provider_preservation"]
    later = show_referral(store, "referral-1", today=date(2026, 12, 6), language="en").deadline
    assert [clock.kind for clock in later.lost] == ["provider_preservation"]
    assert later.remaining == ()


def test_what_has_expired_is_said_to_be_expired_and_since_when(store: Store) -> None:
    found = deadline(store, received_at="2025-11-09 00:00:00+00", ip_event=[at("2025-11-10")])
    assert found.is_expired
    assert (found.last_on, found.days_left) == (date(2026, 11, 10), -12)
    assert len(found.expired) == 2


def test_nobody_knows_is_said_and_is_no_date(store: Store) -> None:
    lookup = {"ip_address": "198.51.100.7", "country": "Germany"}
    found = deadline(store, received_at=None, ip_event=[at("2026-11-01")], geo_lookup=[lookup])
    assert found.last_on is None
    assert {clock.kind for clock in found.unknown} == {
        "connection_data", "provider_preservation", "provider_policy",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["vpn", "tor", "hosting"])
def test_no_clock_helps_with_a_hidden_address_and_it_is_said(store: Store, kind: str) -> None:
    found = deadline(store, received_at=None, ip_event=[at("2026-11-01", network_kind=kind)])
    assert found.last_on is None
    [hidden] = found.hidden
    assert "no clock helps" in hidden.title
    assert hidden.last_on is None
    assert hidden.source


def test_a_policy_is_shown_and_is_not_the_last_day(store: Store) -> None:
    deadline(store, received_at="2026-11-20 00:00:00+00", provider_as_written="Facebook")
    view = show_referral(store, "referral-1", today=TODAY, language="nb")
    policy = next(clock for clock in view.clocks if clock.kind == "provider_policy")
    assert (policy.last_on, policy.is_counted) == (date(2027, 2, 18), False)
    assert policy.choice is not None
    assert "lovens plikt" in policy.choice.lower()
    assert view.deadline.last_on == view.header.deadline_on == date(2027, 11, 20)


def test_a_deactivated_account_at_x_is_lost_after_thirty_days(store: Store) -> None:
    user = {"party_no": 1, "role": "reported_user", "disabled_at": "2026-11-01 08:00:00+00"}
    found = deadline(
        store, provider_as_written="X", party=[user | {"disabled_at_zone_stated": True}]
    )
    assert (found.last_on, found.lost[0].kind) == (date(2026, 12, 1), "provider_policy")


@pytest.mark.parametrize("left", [-200, -1, 0, 5, 200, 400])
def test_queue_page_and_views_name_the_same_day(store: Store, left: int) -> None:
    # The views count from the unit's own today.
    today = store.rows_of("SELECT analyst.unit_today() AS today")[0]["today"]
    event = at((today - timedelta(days=365) + timedelta(days=left)).isoformat())
    found = deadline(store, today=today, received_at="2025-01-01 00:00:00+00", ip_event=[event])
    view = show_referral(store, "referral-1", today=today, language="en")
    [row] = list_queue(
        store, QueueFilter(), QueueSort(), limit=9, offset=0, today=today, language="en"
    )
    [seen] = store.rows_of("SELECT deadline_on, deadline_kind FROM analyst.referral")
    [said] = store.rows_of("SELECT * FROM analyst.deadline")
    days = {found.last_on, view.header.deadline_on, row.deadline_on, seen["deadline_on"]}
    assert days == {said["deadline_on"]}
    assert {view.header.deadline_kind, row.deadline_kind, seen["deadline_kind"]} == {
        found.lost[0].kind
    }
    assert row.ask_by_on == found.ask_by_on == said["ask_by_on"]
    assert row.days_left == found.days_left
    assert said["is_expired"] is found.is_expired


def test_the_view_of_ip_events_keeps_its_promise(store: Store) -> None:
    deadline(store, ip_event=[at("2026-06-01"), at("2026-06-02", 2, network_kind="vpn")])
    rows = store.rows_of(
        "SELECT ip_event_no, retention_deadline_on FROM analyst.ip_event ORDER BY ip_event_no"
    )
    assert [row["retention_deadline_on"] for row in rows] == [date(2027, 6, 1), None]
    clocks = store.rows_of("SELECT * FROM analyst.clock WHERE kind = 'connection_data'")
    assert [(clock["last_on"], clock["ask_by_on"]) for clock in clocks] == [
        (date(2027, 6, 1), date(2027, 6, 1))
    ]
