"""How dates, times and numbers are written in a language."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta, get_timezone_name
from babel.numbers import format_decimal

_LOCALES: Final = {"en": "en_GB", "nb": "nb_NO"}
_DAY: Final = {"en": "d MMM y", "nb": "d. MMM y"}
_WEEKDAY: Final = {"en": "EEEE d MMM y", "nb": "EEEE d. MMM y"}
_MOMENT: Final = {"en": "d MMM y, HH:mm", "nb": "d. MMM y 'kl.' HH:mm"}
_EXACT_BELOW: Final = 10  # a size below this keeps one decimal
_SHORT_DAY: Final = {"en": "d MMM", "nb": "d. MMM"}


@dataclass(frozen=True, slots=True)
class Formats:
    """Writes values for one officer: a language and the unit's time zone."""

    language: str
    time_zone: str

    @property
    def locale(self) -> str:
        """The locale that Babel knows the language by."""
        return _LOCALES[self.language]

    def day(self, day: date) -> str:
        """Write a date: 21 Nov 2026."""
        return format_date(day, _DAY[self.language], locale=self.locale)

    def weekday(self, day: date) -> str:
        """Write a date with its weekday: Saturday 21 Nov 2026."""
        return format_date(day, _WEEKDAY[self.language], locale=self.locale)

    def local_day(self, moment: datetime) -> date:
        """Return the day a moment falls on in the unit's zone."""
        return moment.astimezone(self._zone).date()

    def short_day(self, moment: datetime) -> str:
        """Write the day of a moment without its year: 21 Nov."""
        return format_datetime(moment, _SHORT_DAY[self.language], self._zone, locale=self.locale)

    def moment(self, moment: datetime, *, seconds: bool = False, zone: bool = False) -> str:
        """Write a moment in the unit's zone; with `zone`, name it (CET, or UTC+1)."""
        pattern = _MOMENT[self.language] + (":ss" if seconds else "")
        text = format_datetime(moment, pattern, self._zone, locale=self.locale)
        if not zone:
            return text
        local = moment.astimezone(self._zone)
        name = get_timezone_name(local, width="short", locale=self.locale)
        return f"{text} {name}"

    def utc(self, moment: datetime) -> str:
        """Write a moment as connection logs need it: to the second, in UTC."""
        pattern = _MOMENT[self.language] + ":ss"
        return format_datetime(moment, pattern, UTC, locale=self.locale) + " UTC"

    def ago(self, moment: datetime, now: datetime) -> str:
        """Write how long ago a moment was: 2 hours ago."""
        return format_timedelta(moment - now, add_direction=True, threshold=1.2, locale=self.locale)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Write a number with the language's separators."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, pattern, locale=self.locale)

    def size(self, byte_count: int) -> str:
        """Write how large a file is: 812 byte, 14 kB, 3.4 MB."""
        for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
            if byte_count >= factor:
                share = byte_count / factor
                return f"{self.number(share, decimals=1 if share < _EXACT_BELOW else 0)} {unit}"
        return f"{self.number(byte_count)} byte"

    def duration(self, seconds: float) -> str:
        """Write how long something takes, as roughly as a person would: 45 sek, 12 min."""
        span = timedelta(seconds=seconds)
        return format_timedelta(span, threshold=2, format="short", locale=self.locale)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
