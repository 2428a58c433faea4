"""IP events of an account: whose address, how long ago, so how long one can ask."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sample_data.case import IpEvent
from sample_data.invent import Inventor

# Days until twelve months have passed since the oldest event, by the class the queue shows.
DAYS_LEFT = {"expired": (-90, -2), "today": (0, 0), "week": (1, 7), "month": (8, 30)}
OLD_EVENT_SHARE = 0.3
OLD_EVENT_WEIGHTS = {"expired": 5.0, "today": 1.0, "week": 5.0, "month": 9.0}

CARRIERS = ("Fjordnett Mobil AS", "Vidde Telekom AS")
ACCESS_OWNERS = ("Nordlys Bredbånd AS", "Kystfiber AS", "Dalnett AS", "Fjordnett AS")
ABROAD = (
    ("SE", "Skogsnät AB"),
    ("DK", "Klitnet ApS"),
    ("DE", "Heidenetz GmbH"),
    ("NL", "Duinnet BV"),
)
HIDING_OWNERS = ("Ravnekroken VPN", "Tunnel & Co Hosting")


class NetworkInventor:
    """Makes the IP events of one account after its story."""

    def __init__(self, inventor: Inventor, today: date) -> None:
        self.inventor = inventor
        self.today = today

    def events(self, network: str, habit: dict[str, Any], incident_at: datetime) -> list[IpEvent]:
        """Newest last; `network` is one of the words that `words/scenarios.toml` explains."""
        fewest, most = habit["ip_events"]
        if network == "none":
            return []
        count = self.inventor.random.randint(
            max(1, fewest) if network != "access" else fewest, most
        )
        events = [self._event(network, habit, incident_at) for _ in range(count)]
        self._let_some_be_old(events, network, incident_at)
        return sorted(events, key=lambda event: (event.at or incident_at, event.address))

    def _let_some_be_old(self, events: list[IpEvent], network: str, incident_at: datetime) -> None:
        if network == "gone":
            for event in events:
                event.at = self.aged("expired")
        elif network == "last_day":
            events[0].at = self.aged("today")
        elif network != "undated" and events and self.inventor.chance(OLD_EVENT_SHARE):
            moment = self.aged(self.inventor.weighted(OLD_EVENT_WEIGHTS))
            if moment < incident_at:  # a late arrival's incident may lie further back
                events[0].at, events[0].name = moment, "Registration"

    def aged(self, left: str) -> datetime:
        """A moment of the day whose twelve months end in so many days ("today", "week", ...)."""
        last_day = self.today + timedelta(days=self.inventor.random.randint(*DAYS_LEFT[left]))
        day = 28 if (last_day.month, last_day.day) == (2, 29) else last_day.day
        return datetime(
            last_day.year - 1,
            last_day.month,
            day,
            self.inventor.random.randint(14, 20),
            self.inventor.random.randint(0, 59),
            self.inventor.random.randint(0, 59),
            tzinfo=UTC,
        )

    def _event(self, network: str, habit: dict[str, Any], incident_at: datetime) -> IpEvent:
        inventor = self.inventor
        country, owner, address = self._origin(network)
        dated = network != "undated"
        hours = inventor.random.expovariate(1 / 60)
        return IpEvent(
            address=address,
            at=incident_at.replace(microsecond=0) - timedelta(hours=hours) if dated else None,
            name=inventor.weighted({"Login": 7, "Upload": 3, "Other": 0.5, "": 0.5}) or None,
            port=inventor.port() if inventor.chance(habit["ports"]) else None,
            is_proxy={"hidden": True, "access": None}.get(network, False),
            country=country,
            owner=owner,
        )

    def _origin(self, network: str) -> tuple[str | None, str, str]:
        inventor = self.inventor
        if network == "carrier":
            return "NO", inventor.pick(CARRIERS), inventor.carrier_address()
        if network == "abroad":
            country, owner = inventor.pick(ABROAD)
            return country, owner, inventor.ip_address()
        if network == "hidden":
            return (
                inventor.pick(("NL", "A1", "SE")),
                inventor.pick(HIDING_OWNERS),
                inventor.ip_address(),
            )
        return "NO", inventor.pick(ACCESS_OWNERS), inventor.ip_address()
