"""Text: veiled until it is asked for; asking is logged. Which lists found words stands before."""

from collections.abc import Sequence

import streamlit

from workbench.desk.copies.versions import current_of
from workbench.desk.referral_view import ReferralView, TextView
from workbench.desk.text_signals import (
    SignalOfText,
    TextSignalView,
    mark_places,
    number_signals,
)
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.parts.frame import show
from workbench.ui.parts.reading import log_reading
from workbench.ui.sections.attributions import searched
from workbench.ui.sections.source_marks import ValueMarks
from workbench.ui.sections.values import headed, section
from workbench.ui.session import Workplace

_UNVEILED = "unveiled"
_OF_REPORT = ("escalation_text", "incident_at_description")  # texts that are columns of the report
_HEADS = ("number", "signal", "where", "language", "list", "dated_on", "found_at", "places")


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


def _texts(view: ReferralView) -> list[TextView]:
    """Return every text, those that are columns of the report first."""
    header = view.header
    texts = list(view.texts)
    for kind in _OF_REPORT:
        content: str | None = getattr(header, kind)
        if content:
            path = current_of(view.versions).source_path or ""
            texts.insert(0, _of_report(kind, content, path))
    return texts


def _of_report(kind: str, content: str, source_path: str) -> TextView:
    return TextView(
        text_no=None,
        party_no=None,
        file_no=None,
        kind=kind,
        origin=None,
        is_boilerplate=False,
        length=len(content),
        content=content,
        source_path=source_path,
    )


def _section(place: Workplace, view: ReferralView, *, is_unveiled: bool) -> Html:
    words = place.words
    numbered = number_signals(view.text_signals)
    texts = _texts(view)
    parts = [_searched(place, view) if texts else EMPTY, _signals(place, numbered)]
    marks = ValueMarks(place, view)
    unclear = {(scan.kind, scan.text_no) for scan in view.text_scans if not scan.is_readable}
    for text in texts:
        facts = [
            tag("strong", words.or_as_written("text.kind", text.kind or "other")),
            words.or_as_written("origin", text.origin) if text.origin else "",
            words.counted("text.length", text.length, written=place.formats.number(text.length)),
            words("text.boilerplate") if text.is_boilerplate else "",
            _unclear(place) if (text.kind, text.text_no) in unclear else "",
            _source(marks, text),
        ]
        body = _marked(place, text, view.text_signals, numbered) if is_unveiled else EMPTY
        line = join([fact for fact in facts if fact], " · ")
        parts.append(tag("div", tag("div", line), body, of="wb-text-block"))
    return section(words("section.text"), join(parts), nothing=words("section.text.nothing"))


def _searched(place: Workplace, view: ReferralView) -> Html:
    return searched(place, view.text_scans, found_any=bool(view.text_signals))


def _unclear(place: Workplace) -> Html:
    return tag("span", place.words("signals.unclear"), title=place.words("signals.unclear.title"))


def _source(marks: ValueMarks, text: TextView) -> Html:
    if text.kind in _OF_REPORT:
        return marks.row("report", text, text.kind)
    return marks.row("text_block", text)


def _signals(place: Workplace, numbered: Sequence[SignalOfText]) -> Html:
    """Say what the lists found and where, without a word of it."""
    if not numbered:
        return EMPTY
    rows = [_signal(place, one) for one in numbered]
    note = tag("p", place.words("signals.note"), of="wb-muted")
    return tag("div", headed(place, "signals.head.", _HEADS, rows), note, of="wb-signals")


def _signal(place: Workplace, one: SignalOfText) -> list[str]:
    words, formats, first = place.words, place.formats, one.first
    name = f"{first.list_id} v{first.list_version}"
    own = [tag("span", words("signals.own"), of="wb-tag")] if first.is_own else []
    return [
        str(one.number),
        tag("strong", words(f"signals.signal.{first.signal}")),
        words.or_as_written("text.kind", first.kind or "other"),
        words(f"signals.language.{first.language}"),
        tag("span", join([tag("span", name, title=first.source), *own], " "), data_added="signal"),
        formats.day(first.dated_on),
        tag("span", formats.day(formats.local_day(first.found_at)), of="wb-time"),
        formats.number(one.place_count),
    ]


def _marked(
    place: Workplace,
    text: TextView,
    signals: Sequence[TextSignalView],
    numbered: Sequence[SignalOfText],
) -> Html:
    """Write the text with the places of the lists marked: bold, underlined and numbered."""
    found = [at for at in signals if (at.kind, at.text_no) == (text.kind, text.text_no)]
    pieces = []
    for piece, of in mark_places(text.content or "", found, numbered):
        if not of:
            pieces.append(tag("span", piece))
            continue
        names = dict.fromkeys(place.words(f"signals.signal.{one.first.signal}") for one in of)
        numbers = ", ".join(str(one.number) for one in of)
        pieces.append(tag("mark", piece, of="wb-found", title=", ".join(names)))
        pieces.append(tag("sup", numbers))
    return tag("div", *pieces, of="wb-text")
