"""Single values as the sections write them: absent, unclear and false stay three things."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from workbench.ui.catalogue import Words
from workbench.ui.markup import EMPTY, Html, join, table, tag
from workbench.ui.session import Workplace


def said(words: Words, value: str | float | None) -> Html:
    """Write a value, or that nobody said it."""
    if value is None or value == "":
        return tag("span", words("sign.not_said"), of="wb-muted wb-not-said")
    return tag("span", str(value))


def yes_or_no(words: Words, value: bool | None) -> Html:  # noqa: FBT001 - the value itself
    """Write true, false and not said as three different things."""
    if value is None:
        return said(words, None)
    return tag("span", words("sign.yes" if value else "sign.no"))


def moment(
    place: Workplace,
    at: datetime | None,
    *,
    zone_stated: bool | None,
    as_written: str | None = None,
) -> Html:
    """Write a moment in UTC, with the unit's own time and the source's text on hover."""
    if at is None:
        return said(place.words, as_written)
    local = place.formats.moment(at, seconds=True, zone=True)
    hover = f"{local}\n{as_written}" if as_written else local
    written = tag("span", place.formats.utc(at), of="wb-time", title=hover)
    if zone_stated is False:
        return join([written, tag("span", place.words("time.zone_not_stated"), of="wb-tag")], " ")
    return written


def copied(place: Workplace, value: str | None) -> Html:
    """Write something to be read letter by letter, with a button that copies it; never a link."""
    if not value:
        return Html("")
    label = place.words("copy")
    button = tag("button", of="wb-copy", type="button", title=label, aria_label=label)
    return tag("span", tag("span", value, of="wb-mono"), button, of="wb-copied")


def tags(values: Iterable[str]) -> Html:
    """Write several short words beside each other."""
    return join([tag("span", value, of="wb-tag") for value in values], " ")


def section(
    title: str, body: Html, *, count: str = "", is_open: bool = True, nothing: str = ""
) -> Html:
    """Return a section that opens and closes by click, Enter or Space."""
    head = tag("summary", tag("span", title), tag("span", count, of="wb-muted"))
    inner = body or tag("p", nothing, of="wb-muted")
    return tag("details", head, inner, of="wb-fold", **({"open": "open"} if is_open else {}))


def known(entries: Sequence[tuple[str, Html | str | None]]) -> list[tuple[str, str]]:
    """Leave out the entries that nobody said anything about."""
    return [(name, value) for name, value in entries if value]


def headed(
    place: Workplace, prefix: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> Html:
    """Return a table whose heads are words of the catalogue, `<prefix><head>`; no rows, nothing."""
    if not rows:
        return EMPTY
    return table([place.words(f"{prefix}{head}") for head in heads], rows)
