"""The three columns as signs: a shape, a word and a colour each, the colour never alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workbench.desk.deadlines import ClockView
from workbench.desk.queue import QueueRow
from workbench.desk.referral_view import ReferralGlance
from workbench.ui.catalogue import Words
from workbench.ui.formatting import Formats
from workbench.ui.markup import EMPTY, Html, tag

# At most so many days and the hourglass is drawn in the colour of danger.
SOON_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Sign:
    """`look` names shape and colour in tokens.css; `rest` follows the word in grey."""

    look: str
    word: str
    rest: str = ""
    title: str = ""

    def html(self) -> Html:
        """Return the sign for a static part of the screen."""
        rest = tag("span", self.rest, of="wb-muted") if self.rest else EMPTY
        shape = tag("span", of="wb-sign", aria_hidden="true")
        word = tag("span", self.word)
        return tag("span", shape, word, rest, of=f"wb-mark wb-{self.look}", title=self.title)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is deleted next, and how sure we are; all None: nobody knows."""

    last_on: date | None = None
    kind: str | None = None
    days_left: int | None = None
    legal_basis: str | None = None
    certainty: str | None = None
    is_start_estimated: bool | None = None
    is_country_assumed: bool | None = None
    ask_by_on: date | None = None

    @classmethod
    def of_row(cls, row: QueueRow) -> "Deadline":
        """Return the deadline of a row of the queue."""
        return cls(
            row.deadline_on,
            row.deadline_kind,
            row.days_left,
            row.legal_basis,
            row.certainty,
            row.is_start_estimated,
            row.is_country_assumed,
            row.ask_by_on,
        )

    @classmethod
    def of_clock(cls, clock: ClockView) -> "Deadline":
        """Return one clock as a deadline."""
        return cls(
            clock.last_on,
            clock.kind,
            clock.days_left,
            clock.legal_basis,
            clock.certainty,
            clock.is_start_estimated,
            clock.is_country_assumed,
            clock.ask_by_on,
        )

    @classmethod
    def of_view(cls, view: ReferralGlance) -> "Deadline":
        """Return the deadline in the header with what its clock knows of basis and certainty."""
        header = view.header
        for clock in view.clocks:
            is_it = clock.last_on == header.deadline_on and clock.kind == header.deadline_kind
            if is_it and clock.is_counted:
                return cls.of_clock(clock)
        return cls(header.deadline_on, header.deadline_kind, header.days_left)


def urgency_sign(words: Words, urgency: str | None) -> Sign:
    """Danger to a child; not yet assessed has a sign of its own."""
    return _band_sign(words, "urgency", urgency)


def actionability_sign(words: Words, actionability: str | None) -> Sign:
    """Whether the unit can act."""
    return _band_sign(words, "actionability", actionability)


def _band_sign(words: Words, axis: str, band: str | None) -> Sign:
    name = band or "unknown"
    return Sign(name, words(f"{axis}.{name}"), title=words(f"{axis}.{name}.title"))


def time_left_sign(words: Words, formats: Formats, deadline: Deadline) -> Sign:
    """What expires next and in how many days, with its legal basis and how sure we are."""
    if deadline.days_left is None or deadline.kind is None:
        return Sign("unknown", words("time_left.unknown"), title=words("time_left.unknown.title"))
    what = words(f"clock.{deadline.kind}.short")
    title = deadline_title(words, formats, deadline)
    return days_sign(words, formats, deadline.days_left, what=what, title=title)


def days_sign(
    words: Words, formats: Formats, days_left: int, *, what: str = "", title: str = ""
) -> Sign:
    """How many days are left of something, or how long ago its last day was."""
    if days_left < 0:
        ago = words("time_left.ago", count=formats.number(-days_left))
        return Sign("expired", words("time_left.expired"), rest=ago, title=title)
    number = formats.number(days_left)
    word = words("time_left.days", count=number) if days_left else words("time_left.today")
    look = "soon" if days_left <= SOON_DAYS else "running"
    return Sign(look, word, rest=what, title=title)


def deadline_title(words: Words, formats: Formats, deadline: Deadline) -> str:
    """Say in full what expires when, on which basis, and what was assumed."""
    if deadline.last_on is None:
        return words("time_left.unknown.title")
    last_day = words("clock.last_day", day=formats.day(deadline.last_on))
    lines = [
        f"{words(f'clock.{deadline.kind}')}: {last_day}",
        _ask_by(words, formats, deadline),
        *certainty_lines(words, deadline),
    ]
    return "\n".join(line for line in lines if line)


def certainty_lines(words: Words, deadline: Deadline) -> list[str]:
    """Say the legal basis, how sure it is, and what was assumed."""
    certainty = deadline.certainty
    lines = (
        deadline.legal_basis or "",
        words.or_as_written("certainty", certainty) if certainty else "",
        words("clock.start_estimated") if deadline.is_start_estimated else "",
        words("clock.country_assumed") if deadline.is_country_assumed else "",
    )
    return [line for line in lines if line]


def _ask_by(words: Words, formats: Formats, deadline: Deadline) -> str:
    """Say the working day to ask by while there is time."""
    last_on, days_left, ask_by_on = deadline.last_on, deadline.days_left, deadline.ask_by_on
    if last_on is None or days_left is None or ask_by_on is None or days_left < 0:
        return ""
    has_passed = ask_by_on < last_on - timedelta(days=days_left)
    key = "clock.ask_by_passed" if has_passed else "clock.ask_by"
    return words(key, day=formats.weekday(ask_by_on))
