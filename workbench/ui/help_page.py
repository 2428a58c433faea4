"""Help: the keys and the signs."""

from typing import Final

import streamlit

from workbench.model.vocabulary import Actionability, Urgency
from workbench.ui.markup import Html, join, table, tag
from workbench.ui.parts.frame import show
from workbench.ui.session import Workplace
from workbench.ui.signs import Deadline, Sign, actionability_sign, time_left_sign, urgency_sign

_KEYS: Final = (
    ("J / ↓", "next"),
    ("K / ↑", "previous"),
    ("O", "open"),
    ("I", "imported"),
    ("N", "not_imported"),
    ("1 … 9, 0", "reason"),
    ("W", "awaiting_information"),
    ("T", "transferred"),
    ("Enter", "confirm"),
    ("Esc", "cancel"),
    ("Z", "undo"),
    ("V", "unveil"),
    ("B", "back"),
    ("/", "search"),
)


def render(place: Workplace) -> None:
    """Draw what an officer needs on the first day."""
    words = place.words
    left, right = streamlit.columns([42, 58], gap="medium")
    with left:
        rows = [(tag("kbd", key), words(f"help.key.{name}")) for key, name in _KEYS]
        heads = (words("help.key"), words("help.does"))
        show(join([tag("h2", words("help.keys")), table(heads, rows)]))
        show(join([tag("h2", words("help.keeping")), _keeping(place)]))
    with right:
        show(join([tag("h2", words("help.signs")), _signs(place)]))
        show(join([tag("h2", words("help.principles")), _principles(place)]))
        show(join([tag("h2", words("help.copies")), _copies(place)]))


def _signs(place: Workplace) -> Html:
    words, formats = place.words, place.formats
    signs: list[tuple[str, Sign]] = [
        *(("column.urgency", urgency_sign(words, band)) for band in (*Urgency, None)),
        *(("column.actionability", actionability_sign(words, band)) for band in Actionability),
    ]
    rows = [(words(key), sign.html(), sign.title) for key, sign in signs]
    for name, days in (("soon", 3), ("running", 31), ("expired", -1)):
        sign = time_left_sign(words, formats, Deadline(place.today, "connection_data", days))
        rows.append((words("column.time_left"), sign.html(), words(f"help.time_left.{name}")))
    unknown = time_left_sign(words, formats, Deadline())
    rows.append((words("column.time_left"), unknown.html(), unknown.title))
    return table([words("help.column"), words("help.sign"), words("help.means")], rows)


def _keeping(place: Workplace) -> Html:
    names = ("backup", "restore", "drop")
    return tag("ul", *(tag("li", place.words(f"help.keeping.{name}")) for name in names))


def _principles(place: Workplace) -> Html:
    names = ("columns", "unknown", "advise", "metadata", "veil")
    return tag("ul", *(tag("li", place.words(f"help.principle.{name}")) for name in names))


def _copies(place: Workplace) -> Html:
    names = ("versions", "form", "age", "format", "sources", "danger", "countries", "places")
    return tag("ul", *(tag("li", place.words(f"help.copies.{name}")) for name in names))
