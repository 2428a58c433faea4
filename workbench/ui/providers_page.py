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
from workbench.enrich.provider_rulings import (
    accept_provider_name,
    list_rulings,
    nearest_providers,
    refuse_provider_name,
    undo_provider_ruling,
)
from workbench.model.rulebook import ProviderEntry
from workbench.statistics.provider_effect import ruling_effect
from workbench.ui.markup import join, tag
from workbench.ui.parts.frame import require_officer, show
from workbench.ui.parts.small_things import listen_for_choices
from workbench.ui.sections.provider_names import effect_table, names_table, rulings_table, table_of
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
            _draw_chosen(place, chosen, table)
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


def _draw_chosen(place: Workplace, chosen: NameForReview, table: tuple[ProviderEntry, ...]) -> None:
    words, number = place.words, place.formats.number
    nearest = dict(nearest_providers(chosen.name_as_written, table))
    others = sorted({entry.name for entry in table} - set(nearest), key=str.casefold)
    show(tag("h2", chosen.name_as_written))
    provider = streamlit.selectbox(
        words("providers.stands_for"),
        [*nearest, *others],
        format_func=lambda name: (
            words("providers.likeness", name=name, score=number(nearest[name], decimals=1))
            if name in nearest
            else name
        ),
        key=f"provider_for_{chosen.name_as_written}",
    )
    refused = chosen.name_as_written.strip()
    for heading, to_provider in (("accept", provider), ("refuse", refused)):
        effect = ruling_effect(
            place.store,
            chosen.name_as_written,
            from_provider=chosen.provider,
            to_provider=to_provider,
            as_of=place.today,
            provider_table=table,
            time_zone=place.settings.time_zone,
        )
        title = words(f"providers.if_{heading}", name=refused, provider=to_provider)
        show(join([tag("h3", title), effect_table(place, effect)]))
    note = streamlit.text_input(words("providers.note"), key=f"note_on_{chosen.name_as_written}")
    _draw_answers(place, chosen, provider, note, table)


def _draw_answers(
    place: Workplace,
    chosen: NameForReview,
    provider: str,
    note: str,
    table: tuple[ProviderEntry, ...],
) -> None:
    words = place.words
    now = datetime.now(UTC)
    with streamlit.container(horizontal=True):
        accepts = streamlit.button(
            words("providers.accept", provider=provider), type="primary", shortcut="Y"
        )
        refuses = streamlit.button(words("providers.refuse"), shortcut="X")
    name, officer = chosen.name_as_written, place.officer
    if accepts:
        accept_provider_name(
            place.store, name, provider, table=table, ruled_by=officer, now=now, note=note
        )
        _done(place, words("providers.accepted", name=name, provider=provider))
    if refuses:
        refuse_provider_name(place.store, name, ruled_by=officer, now=now, note=note)
        _done(place, words("providers.refused", name=name))


def _done(place: Workplace, sentence: str) -> None:
    """Assess again what the ruling touched, and say on the next drawing what was done."""
    understand(place.store, place.settings)
    streamlit.session_state["provider_ruled"] = sentence
    streamlit.rerun()


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
