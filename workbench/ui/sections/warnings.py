"""What somebody should look at after an import, and what providers stopped to send."""

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.intake.presence import PresenceBreak, StandingBreak, presence_sentence
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.parts.small_things import choice
from workbench.ui.sections.values import headed
from workbench.ui.session import Workplace


def warnings_html(place: Workplace, warnings: Sequence[Mapping[str, Any]]) -> Html:
    """Return what to look at though it was loaded; nothing when there is nothing."""
    if not warnings:
        return EMPTY
    lines = [tag("li", "⚠ ", _sentence(place, warning)) for warning in warnings]
    head = tag("h3", place.words("import.warnings"))
    return join([head, tag("ul", *lines, of="wb-warnings", role="alert")])


def standing_breaks_html(place: Workplace, standing: Sequence[StandingBreak]) -> Html:
    """Return what providers stopped to send and have not sent again; nothing when they all do."""
    if not standing:
        return EMPTY
    words, formats = place.words, place.formats
    rows = [
        (
            break_sentence(place, one.found),
            formats.moment(one.told_at),
            choice(one.batch_id, "batch", one.batch_id, title=words("imports.show")),
        )
        for one in standing
    ]
    table = headed(place, "presence.column.", ("what", "told", "batch"), rows)
    head = tag("h3", words("presence.title"))
    return join([head, tag("p", words("presence.note"), of="wb-muted"), table])


def break_sentence(place: Workplace, found: PresenceBreak) -> str:
    """Return what broke, in the officer's language."""
    return presence_sentence(
        found,
        place.language,
        format_title=place.words.or_as_written("format", found.source_format),
        day=place.formats.day(found.since_at.date()) if found.since_at else "",
    )


def _sentence(place: Workplace, warning: Mapping[str, Any]) -> str:
    if warning["code"] == "hash_lists_closed":
        return place.words("lists.hashes.closed", names=", ".join(warning["names"]))
    return break_sentence(place, PresenceBreak.from_warning(warning))
