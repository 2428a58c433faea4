"""What a screen works with: the open store, the settings, and the officer's language and name."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit

from rules.rulebook import load_reasons
from workbench.composition import know_working_days
from workbench.desk.shifts import next_shift_at
from workbench.keeping.attendant import attendant_of, clear_uploads
from workbench.model.rulebook import ReasonEntry
from workbench.settings import Settings
from workbench.store.connection import Store
from workbench.ui.catalogue import Words
from workbench.ui.formatting import Formats


@dataclass(frozen=True, slots=True)
class Workplace:
    """One officer at one screen, for one drawing of it."""

    store: Store
    settings: Settings
    words: Words
    formats: Formats
    officer: str
    now: datetime
    reasons: tuple[ReasonEntry, ...]

    @property
    def language(self) -> str:
        """The language of the screen: en or nb."""
        return self.words.language

    @property
    def today(self) -> date:
        """The day it is where the unit works; time left is counted from it."""
        return self.now.astimezone(ZoneInfo(self.settings.time_zone)).date()

    @property
    def shift_at(self) -> datetime:
        """When the next shift begins."""
        return next_shift_at(self.now, self.settings.shift_starts, self.settings.time_zone)

    def reason_title(self, code: str) -> str:
        """Return a reason for not importing in words; one that is no longer listed as its code."""
        titles = {reason.id: reason.title[self.language] for reason in self.reasons}
        return titles.get(code, code)


@streamlit.cache_resource(show_spinner=False)
def _load_reasons(folder: Path | None) -> tuple[ReasonEntry, ...]:
    return tuple(sorted(load_reasons(folder), key=lambda reason: reason.order))


@streamlit.cache_resource(show_spinner=False)
def open_store(path: Path) -> Store:
    """Return the one store of this process: what the server opened, or one opened now."""
    attendant = attendant_of(path)
    if attendant is not None:
        return attendant.store
    store = Store.open(path)
    clear_uploads(path)
    return store


@streamlit.cache_resource(show_spinner=False)
def _prepare(path: Path, _store: Store, _settings: Settings) -> None:  # noqa: ARG001 - `path` keeps stores apart
    """Make sure, once a process, that the store knows the unit's working days."""
    know_working_days(_store, _settings)


def open_workplace() -> Workplace:
    """Return the workplace for this drawing, with a cursor of its own on the one open store."""
    settings = Settings()
    state = streamlit.session_state
    language = state.get("language") or settings.language
    store = open_store(settings.store).cursor()
    _prepare(settings.store, store, settings)
    return Workplace(
        store=store,
        settings=settings,
        words=Words(language),
        formats=Formats(language, settings.time_zone),
        officer=str(state.get("officer", settings.officer)).strip(),
        now=datetime.now(UTC),
        reasons=_load_reasons(settings.rules),
    )
