"""Referral: everything known of one, in reading order, the decision always in reach."""

import streamlit

from connectors.provenance.places import find_places
from connectors.statable import statable_columns
from workbench.desk.queue import next_in_queue, previous_in_queue
from workbench.desk.referral import show_referral
from workbench.desk.referral_view import ReferralView
from workbench.errors import NotFoundError
from workbench.ui.markup import join, tag
from workbench.ui.parts import cursor
from workbench.ui.parts.deciding import answered, draw_deciding, draw_told
from workbench.ui.parts.findings import findings_list, why
from workbench.ui.parts.frame import go_to, require_officer, show
from workbench.ui.parts.reading import log_reading
from workbench.ui.parts.small_things import listen_for_copying
from workbench.ui.parts.summary import head, marks
from workbench.ui.sections.attributions import assessed
from workbench.ui.sections.clocks import clocks_section
from workbench.ui.sections.copies import draw_copies, notices
from workbench.ui.sections.evidence import addresses_section, files_section
from workbench.ui.sections.findings import missing_section, why_section
from workbench.ui.sections.history import (
    history_section,
    known_section,
    report_section,
)
from workbench.ui.sections.kinds import transactions_section, web_addresses_section
from workbench.ui.sections.people import people_section
from workbench.ui.sections.texts import draw_texts
from workbench.ui.session import Workplace, open_workplace

_BEFORE_TEXT = (
    why_section,
    missing_section,
    clocks_section,
    web_addresses_section,
    transactions_section,
    people_section,
    addresses_section,
    files_section,
)
_AFTER_TEXT = (known_section, report_section)


def render(place: Workplace) -> None:
    """Draw the referral in hand."""
    if not require_officer(place):
        return
    if cursor.take_wish("queue"):
        go_to("queue")
    view = _find(place, cursor.cursor())
    if view is None:
        draw_told(place)
        show(tag("div", place.words("referral.none"), of="wb-nothing"))
        _draw_way_back(place)
        return
    log_reading(place, view, "referral")
    left, right = streamlit.columns([70, 30], gap="small")
    with left, streamlit.container(key="sections"):
        show(join(make(place, view) for make in _BEFORE_TEXT))
        draw_texts(place, view)
        show(join(make(place, view) for make in _AFTER_TEXT))
        draw_copies(place, view)
        show(history_section(place, view))
    with right, streamlit.container(key="side"):
        draw_told(place)
        with streamlit.container(key="reading"):
            about = (head(place, view), notices(place, view), marks(place, view))
            show(join([*about, assessed(place, view), findings_list(view, why(view))]))
        with streamlit.container(key="deciding"):
            draw_deciding(place, view.header, can_open=False)
            _draw_way_back(place)
    listen_for_copying()
    cursor.write_address()


def _find(place: Workplace, referral_id: str | None) -> ReferralView | None:
    """Return what is known of a referral; None when the id is of no referral here."""
    if referral_id is None:
        return None
    try:
        return show_referral(
            place.store,
            referral_id,
            today=place.today,
            language=place.language,
            statable=statable_columns(),
            find_places=find_places(place.settings.column_maps),
        )
    except NotFoundError:
        return None  # an address from another store, or from before a purge


def _draw_way_back(place: Workplace) -> None:
    words = place.words
    with streamlit.container(key="way", horizontal=True, gap="small"):
        streamlit.button(
            words("way.next"), key="next", shortcut="J", on_click=_step, args=(1,), type="tertiary"
        )
        streamlit.button(
            words("way.previous"),
            key="previous",
            shortcut="K",
            on_click=_step,
            args=(-1,),
            type="tertiary",
        )
        streamlit.button(
            words("way.queue"),
            key="back",
            shortcut="B",
            on_click=cursor.wish,
            args=("queue",),
            type="tertiary",
        )


def _step(direction: int) -> None:
    """Take the next or previous referral of the queue's filter in hand; at the end, stay."""
    answered()
    place = open_workplace()
    referral_id = cursor.cursor()
    if referral_id is None:
        return
    find = next_in_queue if direction > 0 else previous_in_queue
    chosen, sort = cursor.queue_filter(), cursor.queue_sort()
    found = find(place.store, chosen, sort, referral_id, place.today, place.shift_at)
    if found is not None:
        cursor.move_cursor(found)
