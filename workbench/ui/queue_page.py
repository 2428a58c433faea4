"""Queue: the list and the reading pane side by side; an officer decides from here."""

from typing import cast

import streamlit

from workbench.desk.queue import QueueFilter, SortColumn
from workbench.ui.markup import join, tag
from workbench.ui.parts import cursor
from workbench.ui.parts.filters import draw_changed, draw_counts, draw_filters
from workbench.ui.parts.frame import go_to, require_officer, show
from workbench.ui.parts.listing import ROWS_A_PAGE, list_page
from workbench.ui.parts.queue_list import draw_queue_list
from workbench.ui.parts.reading_pane import draw_reading_pane
from workbench.ui.session import Workplace


def render(place: Workplace) -> None:
    """Draw the queue."""
    if not require_officer(place):
        return
    if cursor.take_wish("open"):
        go_to("referral")
    with streamlit.container(key="top", horizontal=True, vertical_alignment="center"):
        chosen = draw_filters(place)
        if cursor.keep_filter(chosen):
            cursor.wish("first")
        listed = list_page(place, chosen)
        draw_counts(place, listed.counts)
    rows = listed.rows
    cursor.settle([row.referral_id for row in rows])
    left, right = streamlit.columns([65, 35], gap="small")
    with left, streamlit.container(key="list"):
        draw_queue_list(
            place,
            rows,
            cursor.queue_sort(),
            nothing=_nothing(place, chosen),
            has_previous=listed.page > 1,
            has_next=listed.page < listed.page_count,
            on_event=_on_event,
        )
    with right, streamlit.container(key="pane"):
        draw_reading_pane(place, cursor.cursor())
    _draw_foot(place, listed.page, listed.page_count)
    cursor.write_address()


def _nothing(place: Workplace, chosen: QueueFilter) -> str:
    """Say why the list is empty, in the words of what was asked."""
    if chosen == QueueFilter():
        return place.words("queue.nothing_open")
    only_expires = QueueFilter(status=chosen.status, expires=chosen.expires)
    if chosen == only_expires and chosen.expires:
        return place.words(f"queue.nothing_expires.{chosen.expires}")
    if chosen == QueueFilter(status=chosen.status):
        return place.words(f"queue.nothing.{chosen.status}")
    return place.words("queue.nothing_matches")


def _on_event(event: str, value: str | int) -> None:
    if event in ("picked", "opened"):
        cursor.pick(str(value))
    if event == "picked":
        cursor.wish("walk")
    if event == "opened":
        cursor.wish("open")
    if event == "sorted":
        cursor.sort_by(cast("SortColumn", value))
    if event == "turned":
        cursor.turn_page(int(value))


def _draw_foot(place: Workplace, page: int, page_count: int) -> None:
    with streamlit.container(key="foot", horizontal=True, vertical_alignment="center"):
        # A key per page: the page is ours, the widget only shows it and says where to go.
        key = f"pagination_{page}_{page_count}"
        streamlit.pagination(
            page_count,
            default=page,
            key=key,
            on_change=lambda: cursor.open_page(streamlit.session_state[key]),
        )
        show(tag("span", place.words("queue.rows_a_page", count=ROWS_A_PAGE), of="wb-muted"))
        draw_changed(place)
        hints = ("next", "previous", "open", "search")
        show(
            tag(
                "div",
                join(
                    tag(
                        "span",
                        tag("kbd", place.words(f"hint.{name}.key")),
                        " ",
                        place.words(f"hint.{name}"),
                    )
                    for name in hints
                ),
                of="wb-hints",
            )
        )
