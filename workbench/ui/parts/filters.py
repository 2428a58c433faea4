"""The row of filters above the queue, and what they leave."""

from typing import get_args

import streamlit

from workbench.desk.queue import (
    Expires,
    QueueCounts,
    QueueFilter,
    Status,
    list_filter_values,
)
from workbench.model.vocabulary import Actionability, Urgency
from workbench.ui.markup import Html, tag
from workbench.ui.parts.frame import show
from workbench.ui.session import Workplace

_KEYS = {
    "status": "open",
    "urgency": [],
    "actionability": [],
    "expires": "",
    "provider": [],
    "kind": [],
    "text": "",
}


def draw_filters(place: Workplace) -> QueueFilter:
    """Draw the filters and return what they say."""
    words = place.words
    values = list_filter_values(place.store)
    status = streamlit.selectbox(
        words("filter.status"), get_args(Status), key="status", persist_state="session",
        format_func=lambda name: words(f"status.{name}"), label_visibility="collapsed",
        width=170,
    )
    urgency = _several(place, "urgency", [*Urgency, "unknown"])
    actionability = _several(place, "actionability", [*Actionability, "unknown"])
    expires = streamlit.selectbox(
        words("column.time_left"), get_args(Expires), key="expires", persist_state="session",
        format_func=lambda name: words(f"expires.{name or 'any'}"),
        label_visibility="collapsed",
    )
    provider = _several(place, "provider", values.providers)
    kind = _several(place, "kind", values.kinds)
    text = streamlit.text_input(
        words("filter.text"), key="text", type="search", persist_state="session",
        placeholder=words("filter.text"), label_visibility="collapsed",
        icon=":material/search:",
    )
    streamlit.button(
        words("filter.clear"), key="clear_filters", on_click=clear_filters, type="tertiary"
    )
    return QueueFilter(
        status=status, urgency=urgency, actionability=actionability, expires=expires,
        provider=provider, kind=kind, text=text or "",
    )


def clear_filters() -> None:
    """Leave everything that is open."""
    for key, empty in _KEYS.items():
        streamlit.session_state[key] = empty


def draw_counts(place: Workplace, counts: QueueCounts) -> None:
    """Say how much the filters leave, and how much of it cannot wait."""
    parts = [
        _count(place, "count.total", counts.total),
        _count(place, "count.immediate", counts.immediate),
        _count(place, "count.expiring", counts.expiring_week),
    ]
    show(tag("div", *parts, of="wb-counts", role="status"))


def _count(place: Workplace, key: str, count: int) -> Html:
    number = tag("strong", place.formats.number(count))
    return tag("span", number, " ", place.words.counted(key, count))


def _several(place: Workplace, name: str, options: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    words = place.words
    prefix = name if name != "provider" else "provider_name"
    chosen = streamlit.multiselect(
        words(f"column.{name}"), options, key=name, persist_state="session",
        format_func=lambda value: words.or_as_written(prefix, value),
        placeholder=words(f"column.{name}"), label_visibility="collapsed", wrap=False,
    )
    return tuple(chosen)
