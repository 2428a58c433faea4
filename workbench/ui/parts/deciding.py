"""The decision bar: one key opens a decision, Enter confirms it, Z takes it back."""

from dataclasses import dataclass
from typing import Final, cast

import streamlit

from workbench.desk.decisions import record_decision, undo_decision
from workbench.desk.queue import next_in_queue, previous_in_queue
from workbench.desk.referral_view import Header
from workbench.errors import UserError
from workbench.model.vocabulary import Disposition
from workbench.ui.markup import tag
from workbench.ui.parts import cursor
from workbench.ui.parts.frame import complain, look, show
from workbench.ui.parts.summary import number_of
from workbench.ui.session import Workplace, open_workplace

_KEYS: Final = {
    Disposition.IMPORTED: "I",
    Disposition.NOT_IMPORTED: "N",
    Disposition.AWAITING_INFORMATION: "W",
    Disposition.TRANSFERRED: "T",
}

_DIGITS: Final = 10

_typist = streamlit.components.v2.component(
    "workbench_deciding_keys", js=look("deciding_keys.js"), isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class Deciding:
    """A decision that is open on the screen; `referral_id` None until it is drawn once."""

    disposition: Disposition
    referral_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the last key did, to be said in words; `disposition` None: it was undone."""

    referral_id: str
    number: str
    disposition: str | None


def draw_deciding(place: Workplace, header: Header, *, can_open: bool) -> None:
    """Draw the bar for the referral in hand, and the open decision if there is one."""
    deciding = _deciding_on(header.referral_id)
    _listen_for_fast_typing(header.referral_id, is_open=deciding is not None)
    if deciding is None:
        _draw_keys(place, header, can_open=can_open)
    else:
        _draw_open(place, deciding, header)


def answered() -> None:
    """Tell the browser with the next drawing that the last key was handled."""
    streamlit.session_state["answer"] = streamlit.session_state.get("answer", 0) + 1


def _listen_for_fast_typing(referral_id: str, *, is_open: bool) -> None:
    """Let keys wait until the pane shows what they are about."""
    answer = streamlit.session_state.get("answer", 0)
    asked = {"answer": answer, "is_open": is_open, "referral": referral_id}
    _typist(key="deciding_keys", data=asked, height=1)


def draw_told(place: Workplace) -> None:
    """Say what was just done, with the way back."""
    trouble = streamlit.session_state.pop("trouble", None)
    if trouble is not None:
        complain(trouble)
    told = cast("Told | None", streamlit.session_state.get("told"))
    if told is None:
        return
    key = f"told.{told.disposition}" if told.disposition else "told.undone"
    with streamlit.container(key="told", horizontal=True, vertical_alignment="center"):
        show(tag("div", place.words(key, number=told.number), of="wb-told", role="status"))
        if told.disposition:
            streamlit.button(
                place.words("decide.undo"),
                key="undo",
                shortcut="Z",
                on_click=_undo,
                args=(told.referral_id, told.number),
                type="tertiary",
            )


def _deciding_on(referral_id: str) -> Deciding | None:
    deciding = cast("Deciding | None", streamlit.session_state.get("deciding"))
    if deciding is not None and deciding.referral_id is None:
        deciding = Deciding(deciding.disposition, referral_id)
    elif deciding is not None and deciding.referral_id != referral_id:
        deciding = None  # the officer moved on: an open decision never follows to another referral
    streamlit.session_state["deciding"] = deciding
    return deciding


def _draw_keys(place: Workplace, header: Header, *, can_open: bool) -> None:
    with streamlit.container(horizontal=True, gap="small", key="decision_keys"):
        for disposition, key in _KEYS.items():
            streamlit.button(
                place.words(f"decide.{disposition}"),
                key=f"decide_{disposition}",
                shortcut=key,
                on_click=_open,
                args=(disposition,),
                type="primary" if disposition is Disposition.IMPORTED else "secondary",
            )
        if can_open:
            streamlit.button(
                place.words("pane.open"),
                key="open",
                shortcut="O",
                on_click=cursor.wish,
                args=("open",),
            )
        if header.disposition is not None and not _offers_undo():
            streamlit.button(
                place.words("decide.undo"),
                key="undo_standing",
                shortcut="Z",
                on_click=_undo,
                args=(header.referral_id, number_of(place.words, header)),
            )


def _offers_undo() -> bool:
    told = cast("Told | None", streamlit.session_state.get("told"))
    return told is not None and told.disposition is not None


def _draw_open(place: Workplace, deciding: Deciding, header: Header) -> None:
    words = place.words
    number = number_of(words, header)
    question = words(f"decide.{deciding.disposition}.question", number=number)
    show(tag("div", tag("strong", question)))
    if deciding.disposition is Disposition.NOT_IMPORTED:
        _draw_reasons(place, deciding)
    with streamlit.form("decision", border=False):
        streamlit.text_input(
            words("decide.note"),
            key="decision_note",
            label_visibility="collapsed",
            placeholder=words(f"decide.{deciding.disposition}.note"),
        )
        with streamlit.container(horizontal=True, gap="small"):
            streamlit.form_submit_button(
                words(f"decide.{deciding.disposition}"),
                key="confirm",
                type="primary",
                shortcut="Enter",
                on_click=_confirm,
                args=(header.referral_id, number, header.version),
            )
            streamlit.form_submit_button(
                words("decide.cancel"), key="cancel", shortcut="Esc", on_click=_close
            )


def _draw_reasons(place: Workplace, deciding: Deciding) -> None:
    with streamlit.container(horizontal=True, gap="xsmall", key="reasons"):
        for number, reason in enumerate(place.reasons, start=1):
            streamlit.button(
                reason.title[place.language],
                key=f"reason_{reason.id}",
                shortcut=str(number % 10) if number <= _DIGITS else None,
                type="primary" if reason.id == deciding.reason else "secondary",
                on_click=_choose_reason,
                args=(reason.id,),
            )


def _open(disposition: Disposition) -> None:
    answered()
    streamlit.session_state["deciding"] = Deciding(disposition)


def _close() -> None:
    answered()
    streamlit.session_state["deciding"] = None


def _choose_reason(reason: str) -> None:
    answered()
    deciding = cast("Deciding | None", streamlit.session_state.get("deciding"))
    if deciding is not None:  # a second key may come after the decision was confirmed
        streamlit.session_state["deciding"] = Deciding(
            deciding.disposition, deciding.referral_id, reason
        )


def _confirm(referral_id: str, number: str, version: int) -> None:
    """Record, say so, and take the next referral of the same filter in hand."""
    answered()
    place = open_workplace()
    deciding = cast("Deciding | None", streamlit.session_state.get("deciding"))
    if deciding is None or deciding.referral_id != referral_id:
        return
    if deciding.disposition is Disposition.NOT_IMPORTED and deciding.reason is None:
        streamlit.session_state["trouble"] = place.words("decide.reason_missing")
        return
    following = _following(place, referral_id)
    try:
        record_decision(
            place.store,
            referral_id,
            disposition=deciding.disposition,
            reason_code=deciding.reason,
            decided_by=place.officer,
            note=streamlit.session_state.get("decision_note"),
            now=place.now,
            version_seen=version,
        )
    except UserError as error:
        streamlit.session_state["trouble"] = str(error)
        return
    streamlit.session_state["told"] = Told(referral_id, number, deciding.disposition)
    _close()
    cursor.move_cursor(following)


def _following(place: Workplace, referral_id: str) -> str | None:
    where = (place.store, cursor.queue_filter(), cursor.queue_sort(), referral_id)
    when = (place.today, place.shift_at)
    return next_in_queue(*where, *when) or previous_in_queue(*where, *when)


def _undo(referral_id: str, number: str) -> None:
    place = open_workplace()
    try:
        undo_decision(place.store, referral_id, decided_by=place.officer, now=place.now)
    except UserError as error:
        streamlit.session_state["trouble"] = str(error)
        return
    streamlit.session_state["told"] = Told(referral_id, number, None)
    _close()
    cursor.move_cursor(referral_id)
