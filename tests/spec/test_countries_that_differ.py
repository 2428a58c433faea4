"""Sources name different countries for one address: until when can one ask? One sentence a case.

`own lists` are lists of country in which the address stands, the newest first; `NCMEC` are its
look-ups in the report, in their order there. The country heard first (our newest list, else NCMEC's
first look-up) says whether a last day is known; of all countries named the earliest day counts.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.spec.tables import read_table
from tests.unit.assess.referral_rows import add_version, address, assess_all, outcomes_of
from tests.unit.enrich.network_lists import AS_OF, load
from workbench.desk.queue import QueueFilter, QueueSort, list_queue
from workbench.desk.referral import show_referral
from workbench.enrich.networks import look_up_addresses
from workbench.store.connection import Store

CASES = read_table("""
| sentence                                                                                     | own lists  | NCMEC          | seen             | zone     | kind    | last day   | period             | says      |
|----------------------------------------------------------------------------------------------|------------|----------------|------------------|----------|---------|------------|--------------------|-----------|
| One list says Norway, another Sweden: Sweden's ten months end first and count                | NO, SE     |                | 2026-01-29 12:00 | stated   | access  | 2026-11-29 | se-10-months       | earliest  |
| The same where Sweden is heard first                                                         | SE, NO     |                | 2026-01-29 12:00 | stated   | access  | 2026-11-29 | se-10-months       | earliest  |
| Three lists: of Norway, Sweden and Finland, Finland's nine months count                      | NO, SE, FI |                | 2026-01-29 12:00 | stated   | access  | 2026-10-29 | fi-9-months        | earliest  |
| Our list says Norway, NCMEC Sweden: the earlier day counts                                   | NO         | Sweden         | 2026-01-29 12:00 | stated   | access  | 2026-11-29 | se-10-months       | earliest  |
| Our list says Norway and so does NCMEC, by its name: they agree                              | NO         | Norway         | 2026-01-29 12:00 | stated   | access  | 2027-01-29 | no-12-months       |           |
| NCMEC looked the address up twice, Norway first: Sweden's earlier day counts                 |            | Norway, Sweden | 2026-01-29 12:00 | stated   | unknown | 2026-11-29 | se-10-months       | earliest  |
| NCMEC looked the address up twice, Sweden first: the same day                                |            | Sweden, Norway | 2026-01-29 12:00 | stated   | unknown | 2026-11-29 | se-10-months       | earliest  |
| Germany is heard first and has no duty: another list's Norway makes no day known             | DE, NO     |                | 2026-01-29 12:00 | stated   | access  |            | de-no-duty         | not_known |
| NCMEC's first look-up says Germany, its second Norway: not known, whatever the letters       |            | Germany, Norway | 2026-01-29 12:00 | stated  | unknown |            | de-no-duty         | not_known |
| NCMEC's first look-up says Norway, its second Germany: no duty elsewhere takes no day away   |            | Norway, Germany | 2026-01-29 12:00 | stated  | unknown | 2027-01-29 | no-12-months       | earliest  |
| A name nobody knows is heard first: not known, though NCMEC says Norway                      | Freedonia  | Norway         | 2026-01-29 12:00 | stated   | access  |            | country-not-known  | not_known |
| NCMEC's first look-up has a name nobody knows, its second Norway: not known                  |            | Freedonia, Norway | 2026-01-29 12:00 | stated | unknown |           | country-not-known  | not_known |
| A name nobody knows beside Norway, heard first, changes nothing                              | NO         | Freedonia      | 2026-01-29 12:00 | stated   | access  | 2027-01-29 | no-12-months       | earliest  |
| Two letters that nobody knows as a country say nothing either                                | QQ, SE     |                | 2026-01-29 12:00 | stated   | access  | 2026-11-29 | se-10-months       |           |
| NCMEC's look-up that knows no country says nothing: the next one's Sweden is heard first     |            | Unknown, Sweden | 2026-01-29 12:00 | stated  | unknown | 2026-11-29 | se-10-months       |           |
| Two letters that are no country say nothing: the other list's Sweden is heard first          | EU, SE     |                | 2026-01-29 12:00 | stated   | access  | 2026-11-29 | se-10-months       |           |
| Norway's 21 days of 2022 are earlier than Sweden's ten months, whoever is heard first        | SE         | Norway         | 2022-06-15 12:00 | stated   | access  | 2022-07-06 | no-21-days         | earliest  |
| A zone nobody stated: the careful end of the earlier country counts                          | NO         | Sweden         | 2026-01-29 02:00 | unstated | access  | 2026-11-28 | se-10-months       | earliest  |
| A zone nobody stated can reach into Norway's 21 days, which then count beside Sweden         | SE         | Norway         | 2023-01-01 03:00 | unstated | access  | 2023-01-21 | no-21-days         | earliest  |
| No clock helps with a VPN, whatever country each source names                                | NO         | Sweden         | 2026-01-29 12:00 | stated   | vpn     |            | vpn-no-duty        | differ    |
""")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"] for case in CASES])
def test_last_day_where_countries_differ(store: Store, case: dict[str, str]) -> None:
    event = address(
        occurred_at=f"{case['seen']}:00+00",
        occurred_at_zone_stated=case["zone"] == "stated",
    )
    looked_up = [
        {
            "ip_address": "198.51.100.7",
            "country": country,
            "source_path": f"/report/lookup[{number}]",
        }
        for number, country in enumerate(split(case["NCMEC"]), start=1)
    ]
    add_version(store, ip_event=[event], geo_lookup=looked_up, received_at=NOW)
    for number, country in enumerate(split(case["own lists"])):
        lines = f"network,country\n198.51.100.0/24,{country}\n"
        load(store, "geo", lines, name=f"list {number}", as_of=AS_OF - timedelta(days=number))
    if case["kind"] != "unknown":
        load(store, case["kind"], "198.51.100.0/24\n")
    look_up_addresses(store, [])
    assess_all(store)
    view = show_referral(store, "referral-1", today=NOW.date(), language="en")
    [stored] = store.rows_of("SELECT period_id FROM analyst.clock WHERE ip_event_no IS NOT NULL")
    [shown] = view.ip_events
    last_on = date.fromisoformat(case["last day"]) if case["last day"] else None
    assert (stored["period_id"], shown.last_on) == (case["period"], last_on)
    assert shown.countries_say == case["says"]
    assert shown.is_country_assumed is not True
    if last_on:
        assert shown.last_on_country == case["period"][:2].upper()
    # All are cited, each with who says so, as of when.
    cited = [(named.country, named.list_name) for named in shown.named_countries]
    own = [
        (country, f"list {number}")
        for number, country in enumerate(split(case["own lists"]))
        if country not in {"EU", "QQ"}
    ]
    assert sorted(cited, key=str) == sorted(
        [*own, *((named, None) for named in split(case["NCMEC"]))], key=str
    )
    assert all(named.as_of for named in shown.named_countries)


def test_both_ends_of_an_interval_are_those_of_the_country_that_counts(store: Store) -> None:
    seen = address(occurred_at="2026-01-29 02:00:00+00", occurred_at_zone_stated=False)
    lookups = [{"ip_address": "198.51.100.7", "country": country, "source_path": f"/{number}"}
               for number, country in enumerate(("Norway", "Sweden"))]  # fmt: skip
    add_version(store, ip_event=[seen], geo_lookup=lookups, received_at=NOW)
    assess_all(store)
    [clock] = [
        clock
        for clock in show_referral(store, "referral-1", today=NOW.date(), language="en").clocks
        if clock.ip_event_no
    ]
    assert (clock.last_on, clock.last_on_latest) == (date(2026, 11, 28), date(2026, 11, 29))
    assert clock.country == "SE"


def test_of_many_look_ups_the_first_is_the_one_with_the_lowest_number(store: Store) -> None:
    named = ["Germany", *["Denmark"] * 8, "Norway", "Norway", "Norway"]
    lookups = [
        {"ip_address": "198.51.100.7", "country": country, "source_path": f"a.lookups[{number}]"}
        for number, country in enumerate(named)
    ]
    add_version(
        store,
        ip_event=[address(occurred_at="2026-01-29 12:00:00+00")],
        geo_lookup=lookups,
        received_at=NOW,
    )
    assess_all(store)
    [shown] = show_referral(store, "referral-1", today=NOW.date(), language="en").ip_events
    assert [said.country for said in shown.ncmec_lookups] == named
    assert (shown.last_on, shown.countries_say) == (None, "not_known")


@pytest.mark.parametrize("first", ["NO", "SE"])
def test_a_day_that_had_passed_by_one_country_ends_nothing_that_another_keeps(
    store: Store, first: str
) -> None:
    """Seen on 26 November 2025: Norway keeps it until the 26th, Sweden kept it until September."""
    seen = address(occurred_at="2025-11-26 12:00:00+00")
    hidden = address(ip_event_no=2, ip_address="192.0.2.9", occurred_at="2025-11-26 12:00:00+00")
    add_version(store, ip_event=[seen, hidden], received_at=datetime(2026, 11, 20, tzinfo=UTC))
    for place, country in enumerate(sorted(["NO", "SE"], key=lambda code: code != first)):
        lines = f"network,country\n198.51.100.0/24,{country}\n"
        load(store, "geo", lines, name=country, as_of=AS_OF - timedelta(days=place))
    load(store, "access", "198.51.100.0/24\n")
    load(store, "vpn", "192.0.2.0/24\n")
    look_up_addresses(store, [])
    assess_all(store)
    outcomes = outcomes_of(store)
    assert outcomes["connection-data-gone"] == "unknown"
    assert outcomes["identity-hidden"] == "unknown"
    clocks = show_referral(store, "referral-1", today=NOW.date(), language="en").clocks
    days = {clock.country: clock.last_on for clock in clocks if clock.ip_address == "198.51.100.7"}
    # Both days are cited: Sweden's has passed, Norway's comes next.
    assert days == {"SE": date(2026, 9, 26), "NO": date(2026, 11, 26)}
    [row] = list_queue(
        store, QueueFilter(), QueueSort(), limit=9, offset=0, today=NOW.date(), language="en"
    )
    assert row.deadline_on == date(2026, 11, 26)
