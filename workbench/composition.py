"""Where rooms, connectors and rules are put together, once for the commands and the screens."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from connectors.hash_list.reader import CsvHashList
from connectors.ip_intelligence.reader import read_network_list
from connectors.ip_intelligence.shipped import shipped_lists
from connectors.registry import connectors
from rules.check import check_rulebook
from rules.mail_domains import load_mail_domains
from rules.providers import load_provider_table
from rules.rulebook import load_rulebook
from rules.term_lists import load_term_lists
from workbench.assess.assessor import AssessmentSummary, assess
from workbench.assess.examples import run_examples
from workbench.enrich.email_kinds import place_email_addresses
from workbench.enrich.hash_lists import HashListNote, HashListSheet, load_hash_list
from workbench.enrich.hash_matching import compare_hashes, waiting_hash_lists
from workbench.enrich.hash_salt import HashSalt, make_salt
from workbench.enrich.networks import (
    FeedLoad,
    FeedOrigin,
    find_unchanged,
    load_network_list,
    look_up_addresses,
)
from workbench.enrich.provider_names import place_provider_names
from workbench.enrich.text_signals import find_text_signals
from workbench.enrich.working_days import keep_working_calendar
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import ReportProgress, import_paths
from workbench.intake.imports import keep_warnings
from workbench.intake.presence import note_presence
from workbench.intake.recipe import Recipe
from workbench.model.rulebook import Fault
from workbench.settings import Settings
from workbench.store.connection import Store

P = ParamSpec("P")
R = TypeVar("R")


def _in_turn(
    step: Callable[Concatenate[Store, P], R],
) -> Callable[Concatenate[Store, P], R]:
    """Let one at a time do this to a store: page, drop folder and commands import side by side."""

    @wraps(step)
    def taken(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with store.gate.turn:
            return step(store, *args, **kwargs)

    return taken


@_in_turn
def take_in(
    store: Store,
    paths: Sequence[Path],
    settings: Settings,
    *,
    imported_by: str | None,
    report_progress: ReportProgress,
) -> CountSheet:
    """Import paths with every connector and add what our own lists say."""
    passwords = [password.get_secret_value() for password in settings.pdf_passwords]
    sheet = import_paths(
        store,
        paths,
        connectors=connectors(settings.column_maps, passwords, settings.limits),
        recipe=Recipe(
            "connectors.registry:connectors", settings.column_maps, passwords, settings.limits
        ),
        settings=settings,
        imported_by=imported_by,
        report_progress=report_progress,
    )
    enrich(store, settings)
    sheet.warnings += [found.as_warning() for found in note_presence(store, sheet.batch_id)]
    sheet.warnings += _closed_list_warning(store, settings)
    keep_warnings(store, sheet.batch_id, sheet.warnings)
    return sheet


def _closed_list_warning(store: Store, settings: Settings) -> list[dict[str, Any]]:
    names = closed_hash_lists(store, settings)
    if not names:
        return []
    message = (
        f"Hash lists kept salted and not opened by the salt that is set: {', '.join(names)}. No "
        "file was compared with these; set WORKBENCH_HASH_SALT to the salt they were loaded with."
    )
    return [{"code": "hash_lists_closed", "message": message, "names": list(names)}]


@_in_turn
def enrich(store: Store, settings: Settings) -> None:
    """Add what our own tables and lists say to every version that has not been asked about yet."""
    place_provider_names(store, load_provider_table(settings.rules))
    look_up_addresses(store, shipped_lists())
    place_email_addresses(store, load_mail_domains(settings.rules))
    find_text_signals(store, load_term_lists(settings.rules, settings.term_lists))
    compare_hashes(store, _salt(settings))
    know_working_days(store, settings)


@_in_turn
def load_network_feed(
    store: Store, settings: Settings, origin: FeedOrigin, content: bytes
) -> FeedLoad:
    """Load a list of address ranges and assess again what it changes.

    Args:
        store: Where to.
        settings: The unit's.
        origin: What the list is called; an `as_of` that is not stated gives way to the file's own.
        content: The file's content.

    Raises:
        UserError: The file holds no list of ranges, or is too large.
    """
    unchanged = find_unchanged(store, origin)
    if unchanged:
        return unchanged
    largest = settings.largest_file_bytes
    network_list = read_network_list(origin.file_name, content, largest_bytes=largest)
    if network_list.as_of and origin.as_of_basis != "stated":
        origin = replace(origin, as_of=network_list.as_of, as_of_basis="in_file")
    load = load_network_list(store, origin, network_list)
    enrich(store, settings)
    understand(store, settings)
    return load


@_in_turn
def load_hash_feed(
    store: Store, settings: Settings, note: HashListNote, path: Path, *, algorithm: str
) -> HashListSheet:
    """Load a list of hashes, compare every file with it and assess again what it changes.

    Args:
        store: Where to.
        settings: The unit's; with a salt the list is kept as salted digests.
        note: What the list is called, its label and its day.
        path: The file.
        algorithm: The kind of hash where the list names none; empty: by its length.

    Raises:
        UserError: The file holds no hash that can be compared, or the unit's salt is missing.
    """
    sheet = load_hash_list(store, CsvHashList(path, algorithm), note, _salt(settings))
    understand(store, settings)
    return sheet


def closed_hash_lists(store: Store, settings: Settings) -> tuple[str, ...]:
    """Return the salted lists that the unit's salt does not open: no file is compared with them."""
    return waiting_hash_lists(store, _salt(settings))


def _salt(settings: Settings) -> HashSalt | None:
    secret = settings.hash_salt
    return make_salt(secret.get_secret_value() if secret else None)


@_in_turn
def understand(store: Store, settings: Settings, *, everything: bool = False) -> AssessmentSummary:
    """Assess what changed, or everything, by the unit's rulebook."""
    rulebook = load_rulebook(settings.rules)
    return store.modestly(
        lambda: assess(
            store,
            rulebook,
            everything=everything,
            unit_country=settings.unit_country,
            assumes_unit_country=settings.assumes_unit_country,
        )
    )


@_in_turn
def know_working_days(store: Store, settings: Settings) -> None:
    """Make sure the store knows the unit's days and zone: "ask by" and "today" come from them."""
    keep_working_calendar(
        store,
        country=settings.unit_country,
        time_zone=settings.time_zone,
        now=datetime.now(UTC),
    )


def check_rules(settings: Settings) -> list[Fault]:
    """Return what is wrong with the unit's rulebook, its examples run in an empty store."""
    with Store.open(None) as store:
        return check_rulebook(
            settings.rules,
            run_examples=partial(run_examples, store),
            own_terms=settings.term_lists,
        )
