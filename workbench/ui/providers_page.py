"""Providers: which written names a leader should confirm, what that would change, and undo."""

from datetime import UTC, datetime
from typing import Final

import streamlit

from rules.providers import load_provider_table
from workbench.composition import understand
from workbench.enrich.provider_names import (
    SIMILARITY_THRESHOLD,
    NameForReview,
    list_names_for_review,
)
from workbench.enrich.provider_rulings import list_rulings, undo_provider_ruling
from workbench.ui.markup import join, tag
from workbench.ui.parts.frame import require_officer, show
from workbench.ui.parts.provider_ruling import draw_ruling
from workbench.ui.parts.small_things import listen_for_choices
from workbench.ui.sections.provider_names import names_table, rulings_table, table_of
from workbench.ui.session import Workplace

_CHOSEN: Final = "provider_name_chosen"


def render(place: Workplace) -> None:
    """Draw the names for review, the chosen one with its effect, and what was ruled before."""
    if not require_officer(place):
        return
    words = place.words
    table = load_provider_table(place.settings.rules)
    names = list_names_for_review(place.store)
    threshold = place.formats.number(SIMILARITY_THRESHOLD)
    show(tag("p", words("providers.intro", threshold=threshold), of="wb-muted"))
    _say_what_was_done(place)
    left, right = streamlit.columns([48, 52], gap="medium")
    chosen = _chosen(names)
    with left:
        count = words.counted("providers.open", len(names))
        show(join([tag("h2", count), names_table(place, names, chosen)]))
    with right:
        if chosen:
            draw_ruling(place, chosen, table)
        elif names:
            show(tag("div", words("providers.choose"), of="wb-nothing"))
    rulings = list_rulings(place.store)
    show(join([rulings_table(place, rulings), table_of(place, table)]))
    listen_for_choices(name=_choose, undo=lambda name: _undo(place, name))


def _chosen(names: list[NameForReview]) -> NameForReview | None:
    """Return the name in hand: the chosen one, else the one with most referrals."""
    wanted = streamlit.session_state.get(_CHOSEN)
    found = [name for name in names if name.name_as_written == wanted]
    return next(iter(found or names), None)


def _say_what_was_done(place: Workplace) -> None:
    sentence = streamlit.session_state.pop("provider_ruled", None)
    if sentence:
        hint = place.words("providers.undo_hint")
        show(tag("div", sentence, " ", hint, of="wb-said", role="status"))


def _choose(name: str) -> None:
    streamlit.session_state[_CHOSEN] = name


def _undo(place: Workplace, name: str) -> None:
    now = datetime.now(UTC)
    undo_provider_ruling(place.store, name, ruled_by=place.officer, now=now)
    understand(place.store, place.settings)
    streamlit.session_state["provider_ruled"] = place.words("providers.undone", name=name)
    _choose(name)
