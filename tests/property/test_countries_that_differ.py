"""Last days where sources name several countries: the statement against a plain loop in Python."""

import calendar
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from rules.rulebook import load_rulebook
from tests.unit.assess.referral_rows import add_version, address
from tests.unit.enrich.network_lists import AS_OF, load
from workbench.assess.assessor import assess
from workbench.enrich.networks import look_up_addresses
from workbench.model.rulebook import RetentionPeriod
from workbench.store.connection import Store

WRITTEN = {
    "NO": "NO", "Norway": "NO", "norge": "NO", "SE": "SE", "Sweden": "SE", "FI": "FI", "DK": "DK",
    "Danmark": "DK", "DE": "DE", "Germany": "DE", "GB": "GB", "Japan": "JP", "Freedonia": "?",
    "": None,
}  # fmt: skip
EVENTS = 150
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def later(moment: datetime, period: RetentionPeriod) -> date | None:
    if period.length_days is not None:
        return (moment + timedelta(days=period.length_days)).date()
    if period.length_months is None:
        return None
    month = moment.month - 1 + period.length_months
    year, month = moment.year + month // 12, month % 12 + 1
    return date(year, month, min(moment.day, calendar.monthrange(year, month)[1]))


def last_day(country: str, moments: list[datetime], periods: list[RetentionPeriod]) -> date | None:
    ends = [
        later(moment, period)
        for moment in moments
        for period in periods
        if period.country == country
        and (period.valid_from or date.min) <= moment.date() < (period.valid_until or date.max)
    ]
    return min((end for end in ends if end), default=None)


def expected(
    heard: list[str], moments: list[datetime], periods: list[RetentionPeriod]
) -> date | None:
    codes = [code for written in heard if (code := WRITTEN[written])]
    if not codes or last_day(codes[0], moments, periods) is None:
        return None
    return min(day for code in codes if (day := last_day(code, moments, periods)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_earliest_day_counts_wherever_the_first_country_has_one(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up addresses, no secret
    book = load_rulebook(None)
    periods = [period for period in book.periods if period.kind == "connection_data"]
    want: dict[str, date | None] = {}
    lists: dict[str, list[str]] = {"newer": [], "older": []}
    for number in range(1, EVENTS + 1):
        ip_address = f"192.0.2.{number}"
        seen = datetime(2021, 10, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(2_700_000))
        is_stated = chance.random() < 0.6
        moments = [seen] if is_stated else [seen - timedelta(hours=14), seen + timedelta(hours=12)]
        own, looked_up = ([chance.choice([*WRITTEN]) for _ in range(2)] for _ in range(2))
        for name, country in zip(lists, own, strict=True):
            if country:
                lists[name].append(f"{ip_address},{country}")
        lookups = [{"ip_address": ip_address, "country": country, "source_path": f"/lookup/{place}"}
                   for place, country in enumerate(looked_up)]  # fmt: skip
        event = address(
            ip_address=ip_address, occurred_at=seen.isoformat(), occurred_at_zone_stated=is_stated
        )
        add_version(store, number, ip_event=[event], geo_lookup=lookups, received_at=NOW)
        want[ip_address] = expected([*own, *looked_up], moments, periods)
    for days, (name, lines) in enumerate(lists.items()):
        listed = "network,country\n" + "\n".join(lines) + "\n"
        load(store, "geo", listed, name=name, as_of=AS_OF - timedelta(days=days))
    look_up_addresses(store, [])
    assess(store, book, everything=True, unit_country="NO")
    found = {
        row["ip_address"]: row["retention_deadline_on"]
        for row in store.rows_of("SELECT ip_address, retention_deadline_on FROM analyst.ip_event")
    }
    assert found == want
    assert len({day for day in want.values() if day}) > 30
    assert None in want.values()
