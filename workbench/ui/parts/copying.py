"""Small things that a page's tables do in the browser: copy a value, sort by a column."""

import streamlit

from workbench.ui.parts.frame import look

_copying = streamlit.components.v2.component(
    "workbench_copying", js=look("copying.js"), isolate_styles=False
)
_sorting = streamlit.components.v2.component(
    "workbench_sorting", js=look("sorting.js"), isolate_styles=False
)


def listen_for_copying() -> None:
    """Make the copy buttons of this page work: to be pasted elsewhere, never a live link."""
    _copying(key="copying", height=1)


def listen_for_sorting() -> None:
    """Make the heads of this page's sortable tables work."""
    _sorting(key="sorting", height=1)
