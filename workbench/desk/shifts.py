"""When the next shift begins, by the clock on the unit's wall."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_shift_at(now: datetime, starts: Sequence[time], time_zone: str) -> datetime:
    """Return the moment at which the next shift begins.

    Args:
        now: With its zone; a shift that begins this very moment is the one on duty, not the next.
        starts: Times of day in the unit's zone, at least one.
        time_zone: The unit's zone; a time that daylight saving skips begins when clocks have moved.
    """
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    moments = (
        datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
        for day in (today, today + timedelta(days=1))
        for start in starts
    )
    return min(moment for moment in moments if moment > now)
