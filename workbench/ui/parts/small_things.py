"""Small things that a page's tables do in the browser: copy a value, sort, choose."""

from collections.abc import Callable
from typing import Any

import streamlit

from workbench.ui.markup import Html, tag
from workbench.ui.parts.frame import look

_copying = streamlit.components.v2.component(
    "workbench_copying", js=look("copying.js"), isolate_styles=False
)
_sorting = streamlit.components.v2.component(
    "workbench_sorting", js=look("sorting.js"), isolate_styles=False
)
_choosing = streamlit.components.v2.component(
    "workbench_choosing", js=look("choosing.js"), isolate_styles=False
)


def listen_for_copying() -> None:
    """Make the copy buttons of this page work: to be pasted elsewhere, never a live link."""
    _copying(key="copying", height=1)


def listen_for_sorting() -> None:
    """Make the heads of this page's sortable tables work."""
    _sorting(key="sorting", height=1)


def choice(content: str, event: str, value: str, *, title: str, is_current: bool = False) -> Html:
    """Return a button inside a table; `listen_for_choices` is told its event and value."""
    return tag(
        "button",
        content,
        of="wb-choose",
        type="button",
        title=title,
        data_event=event,
        data_value=value,
        aria_current="true" if is_current else "",
    )


def listen_for_choices(**on_events: Callable[[str], None]) -> None:
    """Call the function of an event with the value of the button that was pressed."""

    def tell(event: str) -> Callable[[], None]:
        return lambda: on_events[event](streamlit.session_state["choosing"][event])

    told: dict[str, Any] = {f"on_{event}_change": tell(event) for event in on_events}
    _choosing(key="choosing", height=1, **told)
