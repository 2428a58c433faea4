"""The canonical table of providers: what sources call whom, and the row it is counted in."""

from pathlib import Path

from rules.documents import ProviderDocument, ProvidersDocument
from rules.reading import folder_or_shipped, raise_first, read_document
from workbench.model.rulebook import Fault, ProviderEntry

PROVIDERS_FILE = "providers.toml"


def load_provider_table(folder: Path | None = None) -> tuple[ProviderEntry, ...]:
    """Return every provider of the table; None is the table shipped.

    Raises:
        RulebookError: The file is wrong, or two providers claim one name.
    """
    place = folder_or_shipped(folder)
    faults: list[Fault] = []
    document = read_document(place, PROVIDERS_FILE, ProvidersDocument, faults)
    entries = tuple(_entry(found) for found in (document.provider if document is not None else ()))
    faults.extend(_shared_names(entries))
    raise_first(place, faults)
    return entries


def _entry(document: ProviderDocument) -> ProviderEntry:
    return ProviderEntry(
        name=document.name,
        company=document.company,
        kind=document.kind,
        published_row=document.published_row,
        aliases=document.aliases,
        legal_names=document.legal_names,
        services=document.services,
    )


def _shared_names(entries: tuple[ProviderEntry, ...]) -> list[Fault]:
    """A name that two providers claim would be counted by luck."""
    owners: dict[str, str] = {}
    faults = []
    for entry in entries:
        for name in {entry.name, *entry.aliases, *entry.legal_names, *entry.services}:
            owner = owners.setdefault(name.casefold(), entry.name)
            if owner != entry.name:
                message = f"{name} belongs to both {owner} and {entry.name}."
                remedy = "Leave it with one of them."
                faults.append(
                    Fault(PROVIDERS_FILE, f"provider.{entry.name}", "shared_name", message, remedy)
                )
    return faults
