"""Text: veiled until it is asked for; asking is logged."""

import streamlit

from workbench.desk.copies.versions import current_of
from workbench.desk.referral_view import ReferralView, TextView
from workbench.ui.markup import Html, join, tag
from workbench.ui.parts.frame import show
from workbench.ui.parts.reading import log_reading
from workbench.ui.sections.values import section, source_mark
from workbench.ui.session import Workplace

_UNVEILED = "unveiled"


def draw_texts(place: Workplace, view: ReferralView) -> None:
    """Draw the narrative's length and kind; its words only after asking."""
    unveiled = is_unveiled(view)
    if unveiled:
        log_reading(place, view, "narrative")
    show(_section(place, view, is_unveiled=unveiled))
    if _texts(view) and not unveiled:
        streamlit.button(
            place.words("text.unveil"),
            key="unveil",
            shortcut="V",
            icon=":material/visibility:",
            on_click=_unveil,
            args=(view.header.version_id,),
            help=place.words("text.unveil.help"),
        )


def is_unveiled(view: ReferralView) -> bool:
    """Say whether the officer has asked for this referral's texts."""
    return bool(streamlit.session_state.get(_UNVEILED) == view.header.version_id)


def _unveil(version_id: str) -> None:
    streamlit.session_state[_UNVEILED] = version_id


def _texts(view: ReferralView) -> list[tuple[str, str | None, str | None, bool, int, str]]:
    """Return kind, origin, words, whether boilerplate, length and place of each text."""
    header = view.header
    texts = [_entry(text) for text in view.texts]
    for kind in ("escalation_text", "incident_at_description"):
        content: str | None = getattr(header, kind)
        if content:
            own = current_of(view.versions).source_path or ""
            texts.insert(0, (kind, None, content, False, len(content), own))
    return texts


def _entry(text: TextView) -> tuple[str, str | None, str | None, bool, int, str]:
    kind, is_boilerplate = text.kind or "other", bool(text.is_boilerplate)
    return (kind, text.origin, text.content, is_boilerplate, text.length, text.source_path or "")


def _section(place: Workplace, view: ReferralView, *, is_unveiled: bool) -> Html:
    words = place.words
    parts = []
    mark = source_mark(place, view.file)
    for kind, origin, content, is_boilerplate, length, path in _texts(view):
        facts = [
            tag("strong", words.or_as_written("text.kind", kind)),
            words.or_as_written("origin", origin) if origin else "",
            words.counted("text.length", length, written=place.formats.number(length)),
            words("text.boilerplate") if is_boilerplate else "",
            mark(path),
        ]
        body = tag("div", content or "", of="wb-text") if is_unveiled else ""
        line = join([fact for fact in facts if fact], " · ")
        parts.append(tag("div", tag("div", line), body, of="wb-text-block"))
    return section(words("section.text"), join(parts), nothing=words("section.text.nothing"))
