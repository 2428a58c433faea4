"""Time left: which clocks run, from when, by whose law, and how sure that is."""

from datetime import UTC, date, datetime, timedelta
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


@pytest.mark.parametrize(
    ("occurred_at", "last_on"),
    [
        ("2026-06-03 23:59:00+00", date(2027, 6, 3)),  # a wrong clock or zone
        ("2026-06-04 00:01:00+00", None),  # two days after the report came: seen at another time
        ("2062-06-01 12:00:00+00", None),
    ],
)
def test_a_time_after_the_report_came_is_no_start(
    store: Store, occurred_at: str, last_on: date | None
) -> None:
    clock = connection_clock(store, ip_event=[address(occurred_at=occurred_at)])
    assert clock is not None
    assert clock["last_on"] == last_on


@pytest.mark.parametrize(
    ("occurred_at", "last_on"),
    [
        ("2025-01-31 12:00:00+00", date(2025, 11, 30)),  # ten months end in a shorter month
        ("2025-04-30 12:00:00+00", date(2026, 2, 28)),
        ("2027-04-29 12:00:00+00", date(2028, 2, 29)),  # and in a leap year
        ("2025-12-31 23:59:59+00", date(2026, 10, 31)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(
    store: Store, occurred_at: str, last_on: date
) -> None:
    lookup = {"ip_address": "198.51.100.7", "country": "SE"}
    clock = connection_clock(
        store,
        ip_event=[address(occurred_at=occurred_at)],
        geo_lookup=[lookup],
        received_at=occurred_at,
    )
    assert clock is not None
    assert clock["last_on"] == last_on


@pytest.mark.parametrize(
    ("occurred_at", "last_on"),
    [
        ("2026-03-29 00:30:00+00", date(2027, 3, 29)),  # the night in which clocks go forward
        ("2026-10-25 00:30:00+00", date(2027, 10, 25)),  # the hour that comes twice
        ("2026-10-24 23:30:00+00", date(2027, 10, 24)),  # a new day in Oslo already, not in UTC
    ],
)
def test_days_are_utc_days_whatever_clocks_in_oslo_do(
    store: Store, occurred_at: str, last_on: date
) -> None:
    event = address(occurred_at=occurred_at)
    clock = connection_clock(store, ip_event=[event], received_at=occurred_at)
    assert clock is not None
    assert clock["last_on"] == last_on


@pytest.mark.parametrize(
    ("occurred_at", "first", "last"),
    [
        ("2026-06-01 12:00:00+00", date(2027, 5, 31), date(2027, 6, 2)),
        ("2026-06-01 14:00:00+00", date(2027, 6, 1), date(2027, 6, 2)),
        ("2026-06-01 11:59:00+00", date(2027, 5, 31), date(2027, 6, 1)),
        ("2024-02-29 23:00:00+00", date(2025, 2, 28), date(2025, 3, 1)),
        # At one end the storage duty was not in force yet.
        ("2023-01-01 03:00:00+00", date(2023, 1, 21), date(2024, 1, 1)),
    ],
)
def test_a_zone_nobody_stated_gives_two_ends_and_the_careful_one_counts(
    store: Store, occurred_at: str, first: date, last: date
) -> None:
    event = address(occurred_at=occurred_at, occurred_at_zone_stated=False)
    clock = connection_clock(store, ip_event=[event])
    assert clock is not None
    assert (clock["last_on"], clock["last_on_latest"]) == (first, last)
    assert clock["starts_at_latest"] - clock["starts_at"] == timedelta(hours=26)


def test_a_stated_zone_has_one_end(store: Store) -> None:
    clock = connection_clock(store, ip_event=[address()])
    assert clock is not None
    assert (clock["starts_at_latest"], clock["last_on_latest"]) == (None, None)
    assert clock["ends_at"] == datetime(2027, 6, 1, 12, tzinfo=UTC)


def policies(store: Store, **said: Any) -> dict[str, dict[str, Any]]:
    add_version(store, **said)
    assess_all(store)
    found = clocks_of(store)
    return {clock["period_id"]: clock for clock in found if clock["kind"] == "provider_policy"}


@pytest.mark.parametrize(
    ("provider", "period", "last_on"),
    [
        ("LinkedIn", "policy-90-days", date(2026, 8, 31)),
        ("Facebook", "policy-90-days", date(2026, 8, 31)),
        ("Instagram", "policy-90-days", date(2026, 8, 31)),
        ("WhatsApp", "policy-90-days", date(2026, 8, 31)),
        ("Microsoft", "policy-90-days", date(2026, 8, 31)),
        ("Google", "google-12-months", date(2027, 6, 2)),
        ("Snapchat", "policy-90-days-on-request-renewable", None),
        ("KIK", "policy-90-days-on-request", None),
        ("Nobody Knows", "policy-not-known", None),
        (None, "policy-not-known", None),
    ],
)
def test_each_provider_has_its_own_policy_which_never_is_the_last_day(
    store: Store, provider: str | None, period: str, last_on: date | None
) -> None:
    found = policies(store, provider_as_written=provider)
    assert list(found) == [period]
    assert found[period]["last_on"] == last_on
    # One that names no day counts for nothing either way.
    assert not found[period]["is_counted"] or last_on is None


def test_policies_that_start_elsewhere_are_not_known_until_somebody_says_when(
    store: Store,
) -> None:
    found = policies(store, provider_as_written="X", incident_at="2026-05-01 10:00:00+00")
    assert found["x-account-30-days"]["last_on"] is None
    # The incident's zone was not stated: the careful end is a day earlier.
    assert found["x-personal-data-18-months"]["last_on"] == date(2027, 10, 30)


def test_a_canonical_name_finds_the_policy_of_a_name_as_written(store: Store) -> None:
    store.run_text(
        "INSERT INTO referral.provider_name (name_as_written, provider, matched_by, needs_review, recorded_at) "
        "VALUES ('Meta Platforms, Inc.', 'Facebook', 'table', false, now())"
    )
    assert list(policies(store, provider_as_written="Meta Platforms, Inc.")) == ["policy-90-days"]
