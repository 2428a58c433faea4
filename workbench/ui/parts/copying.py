"""Copy buttons beside identifiers and addresses: to be pasted elsewhere, never a live link."""

import streamlit

from workbench.ui.parts.frame import look

_component = streamlit.components.v2.component(
    "workbench_copying", js=look("copying.js"), isolate_styles=False
)


def listen_for_copying() -> None:
    """Make the copy buttons of this page work."""
    _component(key="copying", height=1)
