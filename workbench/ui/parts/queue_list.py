"""The queue as one accessible table; rows are text, the cursor is the referral id."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit

from workbench.desk.queue import QueueRow, QueueSort
from workbench.ui.parts import cursor
from workbench.ui.parts.frame import look
from workbench.ui.session import Workplace
from workbench.ui.signs import Deadline, Sign, actionability_sign, time_left_sign, urgency_sign

_COLUMNS = ("urgency", "actionability", "time_left", "provider", "kind", "received", "why")
_SORTABLE = ("urgency", "actionability", "time_left", "received")

_component = streamlit.components.v2.component(
    "workbench_queue_list",
    html='<div class="wb-list"></div>',
    js=look("queue_list.js"),
    isolate_styles=False,  # it shares the signs of page and pane
)


def draw_queue_list(  # noqa: PLR0913 - the rows and what stands around them, each by its name
    place: Workplace,
    rows: Sequence[QueueRow],
    sort: QueueSort,
    *,
    nothing: str,
    has_previous: bool,
    has_next: bool,
    on_event: Callable[[str, str | int], None],
) -> None:
    """Draw the list.

    Args:
        place: Where it is drawn.
        rows: One page of the queue.
        sort: Marked in the header.
        nothing: Said when there are no rows.
        has_previous: There is a page before this one.
        has_next: There is a page after this one.
        on_event: Called with `picked` or `opened` and a referral id, `sorted` and a column,
            `turned` and +1 or -1 when the choice leaves the page.
    """

    def tell(event: str) -> Callable[[], None]:
        return lambda: on_event(event, streamlit.session_state["queue_list"][event])

    _component(
        key="queue_list",
        data={
            "label": place.words("queue.title"),
            "nothing": nothing,
            "sort_hint": place.words("queue.sort_hint"),
            "cursor": cursor.cursor(),
            "turn": cursor.turn(),
            "has_previous": has_previous,
            "has_next": has_next,
            "columns": [_column(place, name, sort) for name in _COLUMNS],
            "rows": [_row(place, row) for row in rows],
        },
        on_picked_change=tell("picked"),
        on_opened_change=tell("opened"),
        on_sorted_change=tell("sorted"),
        on_turned_change=tell("turned"),
    )


def _column(place: Workplace, name: str, sort: QueueSort) -> dict[str, Any]:
    sorted_now = "descending" if sort.is_descending else "ascending"
    return {
        "name": name,
        "title": place.words(f"column.{name}"),
        "sortable": name in _SORTABLE,
        "sorted": sorted_now if sort.column == name else "",
    }


def _row(place: Workplace, row: QueueRow) -> dict[str, Any]:
    words, formats = place.words, place.formats
    return {
        "id": row.referral_id,
        "urgency": _as_cell(urgency_sign(words, row.urgency)),
        "actionability": _as_cell(actionability_sign(words, row.actionability)),
        "time_left": _as_cell(time_left_sign(words, formats, Deadline.of_row(row))),
        "provider": row.provider or words("sign.not_said"),
        "kind": words.or_as_written("kind", row.kind or "unknown"),
        **_received(place, row),
        "why": " · ".join(chip.title for chip in row.chips),
        "why_title": "\n".join(chip.title for chip in row.chips),
    }


def _received(place: Workplace, row: QueueRow) -> dict[str, Any]:
    if row.received_at is None:
        return {"received": _as_cell(Sign("unknown", "", title=place.words("sign.not_said")))}
    return {
        "received": place.formats.short_day(row.received_at),
        "received_title": place.formats.moment(row.received_at, zone=True),
    }


def _as_cell(sign: Sign) -> dict[str, str]:
    return {"look": sign.look, "word": sign.word, "rest": sign.rest, "title": sign.title}
