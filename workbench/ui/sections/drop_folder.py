"""The drop folder: which it is, when it was looked at last, and what came of what lay in it."""

from typing import Final

from workbench.keeping.drop_folder import Result, Status
from workbench.ui.markup import EMPTY, Html, join, table, tag
from workbench.ui.session import Workplace

_SHOWN: Final = 8


def drop_folder_html(place: Workplace, status: Status | None) -> Html:
    """Return what the drop folder did; without one, how to have one."""
    words = place.words
    head = tag("h3", words("drop.title"))
    if status is None:
        return join([head, tag("p", words("drop.none"), of="wb-muted")])
    looked_at = (
        words("drop.not_yet")
        if status.looked_at is None
        else words("drop.looked_at", when=place.formats.moment(status.looked_at, seconds=True))
    )
    waiting = words.counted("drop.waiting", status.waiting) if status.waiting else ""
    return join(
        [
            head,
            tag("p", tag("code", str(status.folder))),
            tag("p", " · ".join(part for part in (looked_at, waiting) if part), of="wb-muted"),
            _complaint(place, status),
            _results(place, status),
        ]
    )


def _complaint(place: Workplace, status: Status) -> Html:
    if status.complaint is None:
        return EMPTY
    sentence = place.words(f"drop.complaint.{status.complaint.code}")
    detail = tag("div", status.complaint.detail, of="wb-muted")
    return tag("div", sentence, detail, of="wb-complaint", role="alert")


def _results(place: Workplace, status: Status) -> Html:
    words = place.words
    if not status.results:
        return tag("p", words("drop.nothing_yet"), of="wb-muted")
    heads = [words(f"drop.column.{name}") for name in ("when", "name", "outcome", "read")]
    return table(heads, [_result(place, result) for result in status.results[:_SHOWN]])


def _result(place: Workplace, result: Result) -> tuple[Html | str, ...]:
    number = place.formats.number
    read = number(result.read)
    if result.rejected:
        rejected = place.words.counted(
            "drop.rejected", result.rejected, written=number(result.rejected)
        )
        read = f"{read} ({rejected})"
    return (
        place.formats.moment(result.at),
        result.name,
        place.words(f"drop.outcome.{result.outcome}"),
        read,
    )
