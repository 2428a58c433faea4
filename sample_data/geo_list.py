"""An invented list of countries that fits the inbox: where its addresses stand."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sample_data.case import Case, IpEvent, Person
from sample_data.inbox import plan_inbox

_NO_COUNTRY = "A1"  # NCMEC's word for a proxy


def write_geo_list(folder: Path, *, today: date, seed: int = 7) -> Path:
    """Write `geo.csv` below `folder`: an address and its country a line.

    Invented addresses are few, and some stand for users in two countries: those are left out.
    """
    countries: defaultdict[str, set[str | None]] = defaultdict(set)
    inbox = plan_inbox(today=today, seed=seed)
    for case in (*inbox.json_cases, *inbox.xml_cases, *inbox.package_cases):
        for event in _events(case):
            countries[event.address].add(event.country)
    lines = [
        f"{address},{country}"
        for address, said in sorted(countries.items())
        for country in said
        if len(said) == 1 and country not in {None, _NO_COUNTRY}
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "geo.csv"
    path.write_text("\n".join(["network,country", *lines]) + "\n", encoding="utf-8")
    return path


def _events(case: Case) -> Iterator[IpEvent]:
    people = [*([case.suspect] if case.suspect else []), *case.victims, *case.recipients]
    while people:
        person: Person = people.pop()
        people += person.linked
        yield from person.ip_events
