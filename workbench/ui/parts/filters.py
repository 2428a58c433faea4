"""The row of filters above the queue, and what they leave."""

from collections.abc import Sequence
from typing import Final, get_args

import streamlit

from workbench.desk.queue import (
    Expires,
    FilterValues,
    QueueCounts,
    QueueFilter,
    Status,
    count_changed,
    list_filter_values,
)
from workbench.model.vocabulary import Actionability, Urgency
from workbench.store.connection import Store
from workbench.ui.markup import Html, tag
from workbench.ui.parts.cursor import queue_filter
from workbench.ui.parts.frame import show
from workbench.ui.session import Workplace

_VALUES_FOR_SECONDS: Final = 30


def draw_filters(place: Workplace, *, with_expires: bool = True) -> QueueFilter:
    """Draw the filters and return what they say.

    Args:
        place: Where they are drawn.
        with_expires: False where the page has its own choices of what expires (`choose_expires`).
    """
    words, last = place.words, queue_filter()
    values = _values(place.store, str(place.settings.store))
    status: Status = streamlit.selectbox(
        words("filter.status"),
        get_args(Status),
        index=get_args(Status).index(last.status),
        key=_key(place, "status"),
        format_func=lambda name: words(f"status.{name}"),
        label_visibility="collapsed",
    )
    urgency = _several(place, "urgency", [*Urgency, "unknown"], last.urgency)
    actionability = _several(
        place, "actionability", [*Actionability, "unknown"], last.actionability
    )
    expires = _expires(place, last.expires) if with_expires else last.expires
    provider = _several(place, "provider", values.providers, last.provider)
    kind = _several(place, "kind", values.kinds, last.kind)
    text = streamlit.text_input(
        words("filter.text"),
        last.text,
        key=_key(place, "text"),
        type="search",
        placeholder=words("filter.text"),
        label_visibility="collapsed",
        icon=":material/search:",
    )
    streamlit.button(
        words("filter.clear"), key="clear_filters", on_click=clear_filters, type="tertiary"
    )
    return QueueFilter(status, urgency, actionability, expires, provider, kind, text or "")


def _expires(place: Workplace, last: Expires) -> Expires:
    words = place.words
    chosen: Expires = streamlit.selectbox(
        words("column.time_left"),
        get_args(Expires),
        index=get_args(Expires).index(last),
        key=_key(place, "expires"),
        format_func=lambda name: words(f"expires.{name or 'any'}"),
        label_visibility="collapsed",
    )
    return chosen


@streamlit.cache_data(ttl=_VALUES_FOR_SECONDS, show_spinner=False)
def _values(_store: Store, path: str) -> FilterValues:  # noqa: ARG001 - `path` keeps stores apart
    """Return what can be chosen; an import shows in it a little later."""
    return list_filter_values(_store)


def clear_filters() -> None:
    """Leave everything that is open, by new widgets that begin empty."""
    choose_expires(QueueFilter())


def choose_expires(chosen: QueueFilter) -> None:
    """Filter by this from now on, by new widgets that begin with it."""
    state = streamlit.session_state
    state["queue_filter"] = chosen
    state["filter_generation"] = state.get("filter_generation", 0) + 1
    state["wish"] = "first"


def draw_counts(place: Workplace, counts: QueueCounts) -> None:
    """Say how much the filters leave, and how much of it cannot wait."""
    parts = [
        _count(place, "count.total", counts.total),
        _count(place, "count.immediate", counts.immediate),
        _count(place, "count.expiring", counts.expiring_week),
    ]
    show(tag("div", *parts, of="wb-counts", role="status"))


@streamlit.cache_data(ttl=_VALUES_FOR_SECONDS, show_spinner=False)
def _changed(_store: Store, path: str) -> int:  # noqa: ARG001 - `path` keeps stores apart
    """Count what changed since it was decided; who reads on needs no new count at every key."""
    return count_changed(_store)


def draw_changed(place: Workplace) -> None:
    """Offer what was decided before something newer came; nothing where there is none."""
    changed = _changed(place.store, str(place.settings.store))
    if not changed:
        return
    streamlit.button(
        place.words.counted("queue.changed", changed, written=place.formats.number(changed)),
        key="changed_since",
        icon=":material/update:",
        help=place.words("queue.changed.help"),
        on_click=choose_expires,
        args=(QueueFilter(status="changed"),),
    )


def _key(place: Workplace, name: str) -> str:
    """Name a widget anew in each language: its choices are kept as the words it showed."""
    generation = streamlit.session_state.get("filter_generation", 0)
    return f"{name}_{place.language}_{generation}"


def _count(place: Workplace, key: str, count: int) -> Html:
    number = tag("strong", place.formats.number(count))
    return tag("span", number, " ", place.words.counted(key, count))


def _several(
    place: Workplace, name: str, options: Sequence[str], last: tuple[str, ...]
) -> tuple[str, ...]:
    words = place.words
    chosen = streamlit.multiselect(
        words(f"column.{name}"),
        options,
        default=[value for value in last if value in options],
        key=_key(place, name),
        # A provider's name is not one of our words; or_as_written shows it as it is.
        format_func=lambda value: words.or_as_written(name, value),
        placeholder=words(f"column.{name}"),
        label_visibility="collapsed",
        wrap=False,
    )
    return tuple(chosen)
