"""Ruling about one written provider name: which provider, what that changes, accept or refuse."""

from datetime import UTC, datetime

import streamlit

from workbench.composition import understand
from workbench.enrich.provider_names import NameForReview
from workbench.enrich.provider_rulings import (
    accept_provider_name,
    nearest_providers,
    refuse_provider_name,
)
from workbench.model.rulebook import ProviderEntry
from workbench.statistics.provider_effect import ruling_effect
from workbench.ui.markup import join, tag
from workbench.ui.parts.frame import show
from workbench.ui.sections.provider_names import effect_table
from workbench.ui.session import Workplace


def draw_ruling(place: Workplace, chosen: NameForReview, table: tuple[ProviderEntry, ...]) -> None:
    """Draw the name in hand, what each answer would change, and the answers."""
    name = chosen.name_as_written
    show(tag("h2", name))
    provider = _ask_provider(place, chosen, table)
    for heading, to_provider in (("accept", provider), ("refuse", name.strip())):
        if to_provider:
            effect = ruling_effect(
                place.store,
                name,
                from_provider=chosen.provider,
                to_provider=to_provider,
                as_of=place.today,
                provider_table=table,
                time_zone=place.settings.time_zone,
            )
            title = place.words(f"providers.if_{heading}", provider=to_provider)
            show(join([tag("h3", title), effect_table(place, effect)]))
    note = streamlit.text_input(place.words("providers.note"), key=f"note_on_{name}")
    _draw_answers(place, chosen, provider, note, table)


def _ask_provider(
    place: Workplace, chosen: NameForReview, table: tuple[ProviderEntry, ...]
) -> str | None:
    """Ask which provider is meant; only a likeness above the threshold is proposed."""
    nearest = dict(nearest_providers(chosen.name_as_written, table))
    others = sorted({entry.name for entry in table} - set(nearest), key=str.casefold)

    def written(name: str) -> str:
        if name not in nearest:
            return name
        score = place.formats.number(nearest[name], decimals=1)
        return place.words("providers.likeness", name=name, score=score)

    choices = [*nearest, *others]
    return streamlit.selectbox(
        place.words("providers.stands_for"),
        choices,
        index=choices.index(chosen.provider) if chosen.matched_by == "similar" else None,
        format_func=written,
        placeholder=place.words("providers.choose_provider"),
        key=f"provider_for_{chosen.name_as_written}_{place.language}",
    )


def _draw_answers(
    place: Workplace,
    chosen: NameForReview,
    provider: str | None,
    note: str,
    table: tuple[ProviderEntry, ...],
) -> None:
    words = place.words
    now = datetime.now(UTC)
    accepting = words("providers.accept", provider=provider) if provider else None
    with streamlit.container(horizontal=True):
        accepts = streamlit.button(
            accepting or words("providers.accept_none"),
            type="primary" if provider else "secondary",
            shortcut="Y",
            disabled=provider is None,
        )
        refuses = streamlit.button(
            words("providers.refuse" if chosen.matched_by == "similar" else "providers.keep"),
            shortcut="X",
        )
    name, officer = chosen.name_as_written, place.officer
    if accepts and provider:
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
