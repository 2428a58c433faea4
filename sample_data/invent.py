"""Inventing people, screen names, addresses and moments; nobody and nothing here exists."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from sample_data.words import load_words

Value = TypeVar("Value")

NAMES = load_words("names")
PLACES = NAMES["place"]

# Set aside for documentation (RFC 5737; IPv6 by RFC 3849) and for carriers to share (RFC 6598).
DOCUMENTATION_NETS = ("192.0.2", "198.51.100", "203.0.113")
AREA_CODES = ("202", "212", "303", "312", "415", "503", "617", "702")
MAIL_DOMAINS = ("example.org", "example.com", "example.net")

# When people are online, hour by hour UTC: quiet at night, busiest in the Norwegian evening.
HOUR_WEIGHTS = (5, 3, 2, 1, 1, 2, 3, 4, 5, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 13, 11, 9, 7)


class Inventor:
    """A seeded source of invented values: the same seed gives the same values in the same order."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._given_phones: set[str] = set()

    def pick(self, values: Sequence[Value]) -> Value:
        """One of some values, each as likely."""
        return self.random.choice(values)

    def weighted(self, weights: dict[str, float]) -> str:
        """One of the keys, as likely as its weight."""
        return self.random.choices(list(weights), weights=list(weights.values()))[0]

    def chance(self, share: float) -> bool:
        """True in `share` (0 to 1) of the calls."""
        return self.random.random() < share

    def person(self) -> tuple[str, str]:
        """A first and a last name."""
        given: str = self.pick(NAMES["given"])
        return given, self.pick(NAMES["surnames"])

    def screen_name(self) -> str:
        """A screen name such as `river_stone482`."""
        first, second = (
            self.pick(NAMES["screen_name_first"]),
            self.pick(NAMES["screen_name_second"]),
        )
        joint = self.pick(("_", "_", ".", ""))
        return f"{first}{joint}{second}{self.random.randint(10, 9999)}"

    def email(self, stem: str) -> str:
        """An address for a screen name, at a domain nobody can receive mail at."""
        return f"{stem.lower()}@{self.pick(MAIL_DOMAINS)}"

    def phone(self) -> str:
        """A number from those that Sweden, the UK and the US keep for fiction, none twice."""
        number = self._fictional_phone()
        while number in self._given_phones:
            number = self._fictional_phone()
        self._given_phones.add(number)
        return number

    def _fictional_phone(self) -> str:
        ending = self.random.randint(0, 94)
        return self.pick(
            (
                f"+4670174{605 + ending:04d}",
                f"+447700900{self.random.randint(0, 999):03d}",
                f"+1{self.pick(AREA_CODES)}55501{ending:02d}",
            )
        )

    def ip_address(self) -> str:
        """An address from the documentation ranges, now and then a carrier's shared one or IPv6."""
        kind = self.weighted({"documentation": 65, "carrier": 15, "ipv6": 20})
        if kind == "carrier":
            return self.carrier_address()
        if kind == "ipv6":
            groups = [f"{self.random.randrange(1, 0xFFFF):x}" for _ in range(3)]
            return f"2001:db8:{groups[0]}:{groups[1]}::{groups[2]}"
        return f"{self.pick(DOCUMENTATION_NETS)}.{self.random.randint(1, 254)}"

    def carrier_address(self) -> str:
        """An address that many subscribers share at once."""
        parts = (self.random.randint(64, 127), self.random.randint(0, 255))
        return f"100.{parts[0]}.{parts[1]}.{self.random.randint(1, 254)}"

    def port(self) -> int:
        """A source port a client would use."""
        return self.random.randint(1024, 65535)

    def file_name(self) -> str:
        """A file name as phones and apps make them."""
        stem = self.pick(NAMES["file_stems"])
        ending = (
            "mp4" if stem in {"VID", "clip"} else self.pick(("jpg", "jpg", "jpg", "png", "jpeg"))
        )
        return f"{stem}_{self.random.randint(1, 99999):05d}.{ending}"

    def hex_text(self, length: int) -> str:
        """Lower-case hexadecimal digits, for hashes and ids."""
        return f"{self.random.getrandbits(length * 4):0{length}x}"

    def place(self) -> dict[str, Any]:
        """A Norwegian town, larger ones more often."""
        chosen: dict[str, Any] = self.random.choices(PLACES, [place["weight"] for place in PLACES])[
            0
        ]
        return chosen

    def moment_on(self, day: datetime) -> datetime:
        """A second of that day (UTC), more likely when people are online."""
        hour = self.random.choices(range(24), HOUR_WEIGHTS)[0]
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return midnight + timedelta(hours=hour, seconds=self.random.randint(0, 3599))
