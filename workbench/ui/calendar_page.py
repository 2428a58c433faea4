"""Calendar: what is lost on which day, and by when to ask, over the same filters as the queue."""

import math
from dataclasses import replace
from typing import Final, cast

import streamlit

from workbench.desk.calendar import Calendar, ExpiringCounts, count_expiring, read_calendar
from workbench.desk.queue import Expires, QueueFilter
from workbench.ui.markup import join, tag
from workbench.ui.parts import cursor
from workbench.ui.parts.filters import choose_expires, draw_filters
from workbench.ui.parts.frame import go_to, require_officer, show
from workbench.ui.parts.small_things import listen_for_choices
from workbench.ui.sections.calendar import day_section
from workbench.ui.session import Workplace

_CHOICES: Final[tuple[Expires, ...]] = (
    "", "shift", "today", "week", "month", "later", "expired", "unknown",
)  # fmt: skip
_DAYS_A_PAGE: Final = 14
_ROWS_A_DAY: Final = 10


def render(place: Workplace) -> None:
    """Draw the calendar."""
    if not require_officer(place):
        return
    if cursor.take_wish("open"):
        go_to("referral")
    if cursor.take_wish("queue"):
        go_to("queue")
    with streamlit.container(key="top", horizontal=True, vertical_alignment="center"):
        chosen = draw_filters(place, with_expires=False)
        if cursor.keep_filter(chosen):
            streamlit.session_state["calendar_page"] = 1
    counts = count_expiring(place.store, chosen, place.today, place.shift_at)
    _draw_choices(place, chosen, counts)
    page = cast("int", streamlit.session_state.setdefault("calendar_page", 1))
    calendar = read_calendar(
        place.store,
        chosen,
        today=place.today,
        shift_at=place.shift_at,
        language=place.language,
        days_a_page=_DAYS_A_PAGE,
        rows_a_day=_ROWS_A_DAY,
        page=page,
    )
    _draw_said(place, chosen, counts)
    with streamlit.container(key="calendar"):
        if calendar.days:
            show(join(day_section(place, day) for day in calendar.days))
        else:
            show(tag("div", _nothing(place, chosen, counts), of="wb-nothing"))
    _draw_pages(calendar, page)
    listen_for_choices(referral=_open)
    cursor.write_address()


def _draw_choices(place: Workplace, chosen: QueueFilter, counts: ExpiringCounts) -> None:
    """Draw the choices of the queue's own filter, each with how much it leaves."""
    with streamlit.container(key="choices", horizontal=True, gap="small"):
        for name in _CHOICES:
            count = getattr(counts, name) if name else None
            word = place.words(f"expires.{name}" if name else "calendar.all")
            streamlit.button(
                word if count is None else f"{word}: {place.formats.number(count)}",
                key=f"expires_{name or 'all'}",
                on_click=_choose,
                args=(name,),
                type="primary" if chosen.expires == name else "secondary",
            )
        streamlit.button(
            place.words("calendar.in_queue"),
            key="in_queue",
            on_click=cursor.wish,
            args=("queue",),
            type="tertiary",
        )


def _draw_said(place: Workplace, chosen: QueueFilter, counts: ExpiringCounts) -> None:
    """Say when the next shift begins, and how much has expired without a decision."""
    words = place.words
    shift = place.formats.moment(place.shift_at)
    lines = [tag("span", words("calendar.shift", at=shift), of="wb-muted")]
    if counts.expired and chosen.status == "open" and chosen.expires != "expired":
        gone = words.counted(
            "calendar.expired", counts.expired, written=place.formats.number(counts.expired)
        )
        lines.append(tag("strong", gone))
    show(tag("div", *(tag("div", line) for line in lines), of="wb-said"))


def _nothing(place: Workplace, chosen: QueueFilter, counts: ExpiringCounts) -> str:
    if chosen.expires == "unknown" and counts.unknown:
        return place.words.counted(
            "calendar.unknown", counts.unknown, written=place.formats.number(counts.unknown)
        )
    if chosen == QueueFilter(status=chosen.status, expires=chosen.expires):
        key = f"queue.nothing_expires.{chosen.expires}" if chosen.expires else "calendar.nothing"
        return place.words(key)
    return place.words("queue.nothing_matches")


def _draw_pages(calendar: Calendar, page: int) -> None:
    page_count = max(1, math.ceil(calendar.day_count / _DAYS_A_PAGE))
    if calendar.day_count == 0 or page_count == 1:
        return
    key = f"calendar_pages_{page}_{page_count}"
    streamlit.pagination(
        page_count,
        default=min(page, page_count),
        key=key,
        on_change=lambda: streamlit.session_state.update(
            calendar_page=streamlit.session_state[key]
        ),
    )


def _choose(expires: Expires) -> None:
    choose_expires(replace(cursor.queue_filter(), expires=expires))
    streamlit.session_state["calendar_page"] = 1


def _open(referral_id: str) -> None:
    cursor.move_cursor(referral_id)
    cursor.wish("open")
