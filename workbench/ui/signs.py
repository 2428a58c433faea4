"""The three columns as signs: a shape, a word and a colour each, the colour never alone."""

from dataclasses import dataclass

from workbench.desk.queue import QueueRow
from workbench.ui.catalogue import Words
from workbench.ui.formatting import Formats
from workbench.ui.markup import EMPTY, Html, tag

# Fewer days than this and the hourglass is drawn in the colour of danger.
SOON_DAYS = 7


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


def urgency_sign(words: Words, urgency: str | None) -> Sign:
    """Danger to a child; not yet assessed has a sign of its own."""
    if urgency is None:
        return Sign("unknown", words("urgency.unknown"), title=words("urgency.unknown.title"))
    return Sign(urgency, words(f"urgency.{urgency}"), title=words(f"urgency.{urgency}.title"))


def actionability_sign(words: Words, actionability: str | None) -> Sign:
    """Whether the unit can act."""
    if actionability is None:
        title = words("actionability.unknown.title")
        return Sign("unknown", words("actionability.unknown"), title=title)
    title = words(f"actionability.{actionability}.title")
    return Sign(actionability, words(f"actionability.{actionability}"), title=title)


def time_left_sign(words: Words, formats: Formats, row: QueueRow) -> Sign:
    """What expires next and in how many days, with its legal basis and how sure we are."""
    if row.deadline_on is None or row.days_left is None or row.deadline_kind is None:
        return Sign("unknown", words("time_left.unknown"), title=words("time_left.unknown.title"))
    what = words(f"clock.{row.deadline_kind}.short")
    title = deadline_title(words, formats, row)
    if row.days_left < 0:
        return Sign("expired", words("time_left.expired"), rest=what, title=title)
    word = words("time_left.today") if row.days_left == 0 else words(
        "time_left.days", count=formats.number(row.days_left)
    )
    look = "soon" if row.days_left <= SOON_DAYS else "running"
    return Sign(look, word, rest=what, title=title)


def deadline_title(words: Words, formats: Formats, row: QueueRow) -> str:
    """Say in full what expires when, on which basis, and what was assumed."""
    if row.deadline_on is None:
        return words("time_left.unknown.title")
    lines = [
        f"{words(f'clock.{row.deadline_kind}')}: "
        + words("clock.last_day", day=formats.day(row.deadline_on)),
        row.legal_basis or "",
        words.or_as_written("certainty", row.certainty) if row.certainty else "",
        words("clock.start_estimated") if row.is_start_estimated else "",
        words("clock.country_assumed") if row.is_country_assumed else "",
    ]
    return "\n".join(line for line in lines if line)
