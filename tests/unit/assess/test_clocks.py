"""Time left: which clocks run, from when, by whose law, and how sure that is."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.unit.assess.referral_rows import add_version, address, assess_all, clocks_of
from workbench.store.connection import Store


def connection_clock(store: Store, **said: Any) -> dict[str, Any] | None:
    add_version(store, **said)
    assess_all(store)
    found = [clock for clock in clocks_of(store) if clock["kind"] == "connection_data"]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("occurred_at", "period", "last_on"),
    [
        ("2022-12-31 12:00:00+00", "no-21-days", date(2023, 1, 21)),
        ("2023-01-01 00:00:00+00", "no-12-months", date(2024, 1, 1)),
        ("2024-02-29 12:00:00+00", "no-12-months", date(2025, 2, 28)),
        ("2026-06-01 23:59:59+00", "no-12-months", date(2027, 6, 1)),
    ],
)
def test_the_period_is_the_one_in_force_on_the_day_of_the_event(
    store: Store, occurred_at: str, period: str, last_on: date
) -> None:
    clock = connection_clock(store, ip_event=[address(occurred_at=occurred_at)])
    assert clock is not None
    assert (clock["period_id"], clock["last_on"]) == (period, last_on)
    assert clock["is_country_assumed"]
    assert not clock["is_start_estimated"]


def test_a_time_without_zone_starts_fourteen_hours_earlier(store: Store) -> None:
    undecided = address(occurred_at="2026-06-01 12:00:00+00", occurred_at_zone_stated=False)
    clock = connection_clock(store, ip_event=[undecided])
    assert clock is not None
    assert clock["starts_at"] == datetime(2026, 5, 31, 22, tzinfo=UTC)
    assert clock["last_on"] == date(2027, 5, 31)
    assert clock["is_start_estimated"]


@pytest.mark.parametrize(
    ("country", "period", "last_on", "is_assumed"),
    [
        ("SE", "se-10-months", date(2027, 4, 1), False),
        ("Denmark", "dk-one-year", date(2027, 6, 1), False),
        ("DE", "de-no-duty", None, False),
        ("US", "country-not-known", None, False),
        ("A1", "no-12-months", date(2027, 6, 1), True),
    ],
)
def test_the_country_is_the_look_ups_and_no_period_is_no_date(
    store: Store, country: str, period: str | None, last_on: date | None, is_assumed: bool
) -> None:
    lookup = {"ip_address": "198.51.100.7", "country": country}
    clock = connection_clock(store, ip_event=[address()], geo_lookup=[lookup])
    assert clock is not None
    assert (clock["period_id"], clock["last_on"]) == (period, last_on)
    assert clock["is_country_assumed"] is is_assumed


@pytest.mark.parametrize(
    "event",
    [
        address(occurred_at=None),
        address(ip_address=None),
        address(is_private_use=True),
        address(network_kind="vpn"),
        address(network_kind="tor"),
        address(network_kind="hosting"),
    ],
)
def test_where_nobody_can_be_asked_no_clock_runs(store: Store, event: dict[str, Any]) -> None:
    assert connection_clock(store, ip_event=[event]) is None


@pytest.mark.parametrize("said", [{"is_possible_proxy": True}, {"party_no": 2}])
def test_a_mere_claim_of_a_proxy_or_a_victims_address_keeps_its_clock(
    store: Store, said: dict[str, Any]
) -> None:
    victim = {"party_no": 2, "role": "victim"}
    assert connection_clock(store, party=[victim], ip_event=[address(**said)]) is not None


@pytest.mark.parametrize(
    ("received_at", "period", "last_on"),
    [
        ("2024-05-06 12:00:00+00", "us-2258a-90-days", date(2024, 8, 4)),
        ("2024-05-07 00:00:00+00", "us-2258a-one-year", date(2025, 5, 7)),
        ("2026-06-02 00:00:00+00", "us-2258a-one-year", date(2027, 6, 2)),
        (None, None, None),
    ],
)
def test_the_providers_copy_is_counted_from_receipt_and_says_that_it_is_an_estimate(
    store: Store, received_at: str | None, period: str | None, last_on: date | None
) -> None:
    add_version(store, received_at=received_at)
    assess_all(store)
    clock = next(clock for clock in clocks_of(store) if clock["kind"] == "provider_preservation")
    assert clock["period_id"] == period
    assert clock["last_on"] == last_on
    assert clock["is_start_estimated"]
