"""The frame around every page: style, language and officer at the top."""

from functools import cache
from importlib.resources import files
from typing import Final, NoReturn

import streamlit

from workbench.ui.catalogue import LANGUAGES
from workbench.ui.markup import Html, tag
from workbench.ui.session import Workplace

_BYTES_A_MEGABYTE: Final = 1_000_000


@cache
def look(name: str) -> str:
    """Return the text of a file in `looks/`."""
    return (files("workbench.ui.looks") / name).read_text(encoding="utf-8")


def show(html: Html) -> None:
    """Draw a static piece of the screen."""
    streamlit.html(html)


def complain(sentence: str) -> None:
    """Say what went wrong, as text: it may carry a file's name, which Markdown would obey."""
    show(tag("div", sentence, of="wb-complaint", role="alert"))


def draw_style() -> None:
    """Lay the look over the page."""
    streamlit.html(f"<style>{look('tokens.css')}{look('page.css')}</style>")


def draw_frame(place: Workplace) -> None:
    """Draw what every page has."""
    with streamlit.container(key="header", horizontal=True, gap="small"):
        streamlit.segmented_control(
            place.words("header.language"),
            list(LANGUAGES),
            key="language_switch",  # of one page; the language itself is kept for the session
            default=place.language,
            required=True,
            format_func=lambda language: LANGUAGES[language],
            label_visibility="collapsed",
            on_change=_switch_language,
        )
        name = place.officer or place.words("header.no_officer")
        with streamlit.popover(name, icon=":material/person:"):
            _ask_officer(place, key="officer_in_header")


def require_officer(place: Workplace) -> bool:
    """Ask who is reading before a referral is shown; readings and decisions carry a name."""
    if place.officer:
        return True
    with streamlit.container(key="gate", width=420):
        streamlit.subheader(place.words("officer.who"))
        show(tag("p", place.words("officer.why"), of="wb-muted"))
        _ask_officer(place, key="officer_at_gate")
    return False


def _switch_language() -> None:
    streamlit.session_state["language"] = streamlit.session_state["language_switch"]


def _ask_officer(place: Workplace, *, key: str) -> None:
    with streamlit.form(key, border=False):
        streamlit.text_input(place.words("officer.name"), value=place.officer, key=f"{key}_name")
        streamlit.form_submit_button(place.words("officer.take"), on_click=_take_name, args=(key,))


def _take_name(key: str) -> None:
    streamlit.session_state["officer"] = streamlit.session_state[f"{key}_name"].strip()


def word_uploaders(place: Workplace) -> None:
    """Say in the officer's language what uploaders themselves say in English only."""
    largest = int(streamlit.get_option("server.maxUploadSize")) * _BYTES_A_MEGABYTE
    texts = {
        "choose": place.words("import.uploader.choose"),
        "hint": place.words("import.uploader.hint", size=place.formats.size(largest)),
    }
    rules = "".join(f'--wb-{name}: "{text}"; ' for name, text in texts.items())
    streamlit.html(f'<style>[data-testid="stFileUploader"] {{ {rules}}}</style>')


def go_to(page: str) -> NoReturn:
    """Open another page; the cursor goes along in the address."""
    streamlit.switch_page(streamlit.session_state["pages"][page])
