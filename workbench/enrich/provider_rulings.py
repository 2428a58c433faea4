"""What a leader rules about a written provider name: accept, refuse, undo. Rows are only added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workbench.enrich.provider_names import ProviderNames
from workbench.errors import NotFoundError, UserError
from workbench.model.rulebook import ProviderEntry
from workbench.store.connection import Row, Store


@dataclass(frozen=True, slots=True)
class ProviderRuling:
    """Who ruled what about a written name. `provider` None: undone, as if nobody had ruled.

    `stands` says whether it is the name's newest ruling and not an undo.
    """

    name_as_written: str
    ruling: str  # accepted, refused, undone
    provider: str | None
    ruled_by: str
    ruled_at: datetime
    note: str | None
    stands: bool


def accept_provider_name(  # noqa: PLR0913 - who, what, as what and when, each by its name
    store: Store,
    name_as_written: str,
    provider: str,
    *,
    table: Sequence[ProviderEntry],
    ruled_by: str,
    now: datetime,
    note: str | None = None,
) -> ProviderRuling:
    """Rule that a written name stands for a provider of the table, in the past too.

    Raises:
        UserError: Nobody is named, or the provider is not in the table; nothing is written.
        NotFoundError: No source wrote this name.
    """
    if provider not in {entry.name for entry in table}:
        raise UserError(
            f"{provider!r} is not a provider of the table.",
            remedy="Use a name from rules/providers.toml, or add the provider there.",
        )
    return _rule(store, name_as_written, ("accepted", provider), ruled_by, now, note)


def refuse_provider_name(
    store: Store, name_as_written: str, *, ruled_by: str, now: datetime, note: str | None = None
) -> ProviderRuling:
    """Rule that a written name stands for itself, whatever it looks like.

    Raises:
        UserError: Nobody is named; nothing is written.
        NotFoundError: No source wrote this name.
    """
    return _rule(store, name_as_written, ("refused", name_as_written.strip()), ruled_by, now, note)


def undo_provider_ruling(
    store: Store, name_as_written: str, *, ruled_by: str, now: datetime
) -> ProviderRuling:
    """Take the standing ruling back: the name is open for review again, by a further row.

    Raises:
        UserError: Nobody is named, or no ruling stands; nothing is written.
        NotFoundError: No source wrote this name.
    """
    if not any(r.stands and r.name_as_written == name_as_written for r in list_rulings(store)):
        _show(store, name_as_written)
        raise UserError("No ruling stands on this name.", remedy="There is nothing to undo.")
    return _rule(store, name_as_written, ("undone", None), ruled_by, now, None)


def list_rulings(store: Store) -> list[ProviderRuling]:
    """Return every ruling, newest first."""
    return [ProviderRuling(**row) for row in store.rows("enrich/list_provider_rulings")]


def nearest_providers(
    name_as_written: str, table: Sequence[ProviderEntry], *, most: int = 3
) -> list[tuple[str, float]]:
    """Return the providers whose names are nearest, each once with its likeness 0 to 100."""
    return ProviderNames(table).nearest(name_as_written, most=most)


def _rule(  # noqa: PLR0913, PLR0917 - one row, column by column
    store: Store,
    name_as_written: str,
    ruled: tuple[str, str | None],
    ruled_by: str,
    now: datetime,
    note: str | None,
) -> ProviderRuling:
    if not ruled_by.strip():
        raise UserError("Nobody is named.", remedy="Give the officer's name or number.")
    _show(store, name_as_written)
    ruling, provider = ruled
    with store.transaction():
        [row] = store.rows(
            "enrich/add_provider_ruling",
            {
                "name_as_written": name_as_written,
                "ruling": ruling,
                "provider": provider,
                "ruled_by": ruled_by.strip(),
                "ruled_at": now,
                "note": (note or "").strip() or None,
            },
        )
        store.run(
            "enrich/add_changes_by_provider_name",
            {"name_as_written": name_as_written, "changed_at": now},
        )
    return ProviderRuling(**row, stands=ruling != "undone")


def _show(store: Store, name_as_written: str) -> Row:
    found = store.row("enrich/show_provider_name", {"name_as_written": name_as_written})
    if found is None:
        raise NotFoundError(
            "No source wrote this provider name.",
            remedy="Write it exactly as `workbench providers review` lists it.",
        )
    return found
