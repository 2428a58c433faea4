"""Text: veiled until it is asked for; asking is logged."""

import streamlit

from workbench.desk.referral_view import ReferralView, TextView
from workbench.ui.markup import Html, join, tag
from workbench.ui.parts.frame import show
from workbench.ui.parts.reading import log_reading
from workbench.ui.sections.values import section
from workbench.ui.session import Workplace

_UNVEILED = "unveiled"


def draw_texts(place: Workplace, view: ReferralView) -> None:
    """Draw the narrative's length and kind; its words only after asking."""
    is_unveiled = streamlit.session_state.get(_UNVEILED) == view.header.version_id
    if is_unveiled:
        log_reading(place, view, "narrative")
    show(_section(place, view, is_unveiled=is_unveiled))
    if _texts(view) and not is_unveiled:
        streamlit.button(
            place.words("text.unveil"),
            key="unveil",
            shortcut="V",
            icon=":material/visibility:",
            on_click=_unveil,
            args=(view.header.version_id,),
            help=place.words("text.unveil.help"),
        )


def _unveil(version_id: str) -> None:
    streamlit.session_state[_UNVEILED] = version_id


def _texts(view: ReferralView) -> list[tuple[str, str | None, str | None, bool, int]]:
    """Return kind, origin, words, whether boilerplate, and length of each text."""
    header = view.header
    texts = [_entry(text) for text in view.texts]
    for kind in ("escalation_text", "incident_at_description"):
        content: str | None = getattr(header, kind)
        if content:
            texts.insert(0, (kind, None, content, False, len(content)))
    return texts


def _entry(text: TextView) -> tuple[str, str | None, str | None, bool, int]:
    return (text.kind or "other", text.origin, text.content, bool(text.is_boilerplate), text.length)


def _section(place: Workplace, view: ReferralView, *, is_unveiled: bool) -> Html:
    words = place.words
    parts = []
    for kind, origin, content, is_boilerplate, length in _texts(view):
        facts = [
            tag("strong", words.or_as_written("text.kind", kind)),
            words.or_as_written("origin", origin) if origin else "",
            words.counted("text.length", length, written=place.formats.number(length)),
            words("text.boilerplate") if is_boilerplate else "",
        ]
        body = tag("div", content or "", of="wb-text") if is_unveiled else ""
        line = join([fact for fact in facts if fact], " · ")
        parts.append(tag("div", tag("div", line), body, of="wb-text-block"))
    return section(words("section.text"), join(parts), nothing=words("section.text.nothing"))
