"""The router: one page a module, the frame around all of them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import streamlit

from workbench.errors import WorkbenchError
from workbench.ui import (
    calendar_page,
    help_page,
    import_page,
    lists_page,
    providers_page,
    queue_page,
    referral_page,
    rules_page,
    statistics_page,
)
from workbench.ui.parts import cursor
from workbench.ui.parts.frame import complain, draw_frame, draw_style, go_to
from workbench.ui.session import Workplace, open_workplace

_PAGES: Final[dict[str, tuple[Callable[[Workplace], None], str]]] = {
    "queue": (queue_page.render, ":material/inbox:"),
    "calendar": (calendar_page.render, ":material/event:"),
    "referral": (referral_page.render, ":material/description:"),
    "statistics": (statistics_page.render, ":material/bar_chart:"),
    "providers": (providers_page.render, ":material/storefront:"),
    "import": (import_page.render, ":material/upload_file:"),
    "lists": (lists_page.render, ":material/list_alt:"),
    "rules": (rules_page.render, ":material/rule:"),
    "help": (help_page.render, ":material/help:"),
}


def _open_queue() -> None:
    cursor.take_address()
    go_to("queue")


def main() -> None:
    """Draw the page that the address names."""
    streamlit.set_page_config(
        page_title="Referral Workbench",
        # A file of our own: a Material name here makes the browser fetch it from the internet.
        page_icon=Path(__file__).with_name("looks") / "icon.svg",
        layout="wide",
        menu_items={"About": "Referral Workbench"},
    )
    draw_style()
    try:
        place = open_workplace()
    except WorkbenchError as error:
        complain(str(error))
        return
    pages = {
        name: streamlit.Page(
            partial(render, place),
            title=place.words(f"page.{name}"),
            # The default page stands at "/" and still takes a name; "queue" is wanted below.
            url_path="start" if name == "queue" else name,
            icon=icon,
            default=name == "queue",
        )
        for name, (render, icon) in _PAGES.items()
    }
    streamlit.session_state["pages"] = pages
    # The queue stands at "/"; who types or was sent "/queue" gets there all the same.
    typed = streamlit.Page(_open_queue, title="Queue", url_path="queue", visibility="hidden")
    current = streamlit.navigation([*pages.values(), typed], position="top")
    draw_frame(place)
    try:
        current.run()
    except WorkbenchError as error:
        complain(str(error))


if __name__ == "__main__":
    main()
