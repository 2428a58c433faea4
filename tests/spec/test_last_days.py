"""Until when can one ask? One sentence a case, in the words of a request for connection data.

Each row is run through the real store: the address was seen at `seen`, NCMEC's look-up says
`country` (empty: nobody says, and a Norwegian unit's own is assumed), and the law answers.
"""

from datetime import UTC, date, datetime

import pytest

from tests.spec.tables import read_table
from tests.unit.assess.referral_rows import add_version, address, assess_all
from workbench.desk.referral import show_referral
from workbench.enrich.working_days import keep_working_calendar
from workbench.store.connection import Store

CASES = read_table("""
| sentence                                                                               | seen                   | zone     | country     | kind    | last day   | ask by     | period            |
|----------------------------------------------------------------------------------------|------------------------|----------|-------------|---------|------------|------------|-------------------|
| In Norway an address seen on 5 December 2025 can be asked about for twelve months      | 2025-12-05 12:00       | stated   | Norway      | unknown | 2026-12-05 | 2026-12-04 | no-12-months      |
| Nobody says the country: the unit's own is assumed, and that is said                   | 2025-12-05 12:00       | stated   |             | unknown | 2026-12-05 | 2026-12-04 | no-12-months      |
| Seen on the last day of 2022 it was kept for 21 days: sources date the duty differently | 2022-12-31 23:59      | stated   | Norway      | unknown | 2023-01-21 | 2023-01-20 | no-21-days        |
| Seen in the middle of 2022 the careful choice is the short period too                  | 2022-06-15 12:00       | stated   | Norway      | unknown | 2022-07-06 | 2022-07-06 | no-21-days        |
| Seen on 1 January 2023 it is twelve months by every source                             | 2023-01-01 00:00       | stated   | Norway      | unknown | 2024-01-01 | 2023-12-29 | no-12-months      |
| A zone nobody stated can make New Year's Day 2023 the day before: the short period     | 2023-01-01 03:00       | unstated | Norway      | unknown | 2023-01-21 | 2023-01-20 | no-21-days        |
| A zone nobody stated around midnight costs a day                                       | 2026-06-02 02:00       | unstated | Norway      | unknown | 2027-06-01 | 2027-06-01 | no-12-months      |
| A leap day and twelve months end on 28 February                                        | 2024-02-29 10:00       | stated   | Norway      | unknown | 2025-02-28 | 2025-02-28 | no-12-months      |
| A last day on Easter Monday is asked about on the Wednesday before                     | 2026-03-29 12:00       | stated   | Norway      | unknown | 2027-03-29 | 2027-03-24 | no-12-months      |
| A last day on 17 May is asked about before it                                          | 2026-05-17 12:00       | stated   | Norway      | unknown | 2027-05-17 | 2027-05-14 | no-12-months      |
| A last day on Boxing Day is asked about on Christmas Eve                               | 2025-12-26 12:00       | stated   | Norway      | unknown | 2026-12-26 | 2026-12-24 | no-12-months      |
| A last day on New Year's Day is asked about in the old year                            | 2026-01-01 12:00       | stated   | Norway      | unknown | 2027-01-01 | 2026-12-31 | no-12-months      |
| In Denmark it is one year                                                              | 2025-12-08 12:00       | stated   | Denmark     | unknown | 2026-12-08 | 2026-12-08 | dk-one-year       |
| In Denmark before 30 March 2022 nobody has read the rule: not known                    | 2022-03-29 12:00       | stated   | Denmark     | unknown |            |            | dk-before-2022    |
| In Sweden it is ten months, from memory and marked so                                  | 2026-01-29 12:00       | stated   | Sweden      | unknown | 2026-11-29 | 2026-11-27 | se-10-months      |
| In Finland it is nine months, from memory and marked so                                | 2026-03-02 12:00       | stated   | Finland     | unknown | 2026-12-02 | 2026-12-02 | fi-9-months       |
| In France it is one year, from memory and marked so                                    | 2025-12-08 12:00       | stated   | France      | unknown | 2026-12-08 | 2026-12-08 | fr-one-year       |
| In Belgium it is twelve months, from memory and marked so                              | 2025-12-08 12:00       | stated   | Belgium     | unknown | 2026-12-08 | 2026-12-08 | be-12-months      |
| In the United Kingdom up to twelve months is no promise: not known                     | 2026-11-01 12:00       | stated   | GB          | unknown |            |            | gb-no-fixed-period |
| In the Netherlands there is no general duty: not known                                 | 2026-11-01 12:00       | stated   | Netherlands | unknown |            |            | nl-no-duty        |
| In Germany no duty was in force when read: not known                                   | 2026-11-01 12:00       | stated   | Germany     | unknown |            |            | de-no-duty        |
| In a country nobody added it is not known, never a comfortable default                 | 2026-11-01 12:00       | stated   | Japan       | unknown |            |            | country-not-known |
| A VPN service has no duty to store: no clock helps                                     | 2026-11-01 12:00       | stated   | Norway      | vpn     |            |            | vpn-no-duty       |
| A Tor exit's subscriber is not the user: no clock helps                                | 2026-11-01 12:00       | stated   | Norway      | tor     |            |            | tor-no-subscriber |
| Nor with a hosting address, though its company may know a customer                     | 2026-11-01 12:00       | stated   | Norway      | hosting |            |            | hosting-no-duty   |
""")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def day_of(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"] for case in CASES])
def test_last_day(store: Store, case: dict[str, str]) -> None:
    keep_working_calendar(store, country="NO", time_zone="Europe/Oslo", now=NOW)
    event = address(
        occurred_at=f"{case['seen']}:00+00",
        occurred_at_zone_stated=case["zone"] == "stated",
        network_kind=case["kind"],
    )
    lookup = {"ip_address": "198.51.100.7", "country": case["country"]}
    looked_up = [lookup] if case["country"] else []
    add_version(store, ip_event=[event], geo_lookup=looked_up, received_at=NOW)
    assess_all(store)
    [stored] = store.rows_of(
        "SELECT period_id, ip_event_no FROM analyst.clock WHERE ip_event_no IS NOT NULL"
    )
    view = show_referral(store, "referral-1", today=NOW.date(), language="en")
    [clock] = [clock for clock in view.clocks if clock.ip_event_no is not None]
    assert stored["period_id"] == case["period"]
    assert (clock.last_on, clock.ask_by_on) == (day_of(case["last day"]), day_of(case["ask by"]))
    assert clock.is_country_assumed is (not case["country"])
    # Who says so, and on which basis, always stands beside it.
    assert clock.legal_basis
    assert clock.source
    if "from memory" in case["sentence"]:
        assert clock.certainty == "from_memory"
