"""Commands about the unit's own lists: feeds load, feeds list, feeds withdraw."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from workbench.commands.terminal import (
    JsonOption,
    StoreOption,
    err,
    open_store,
    out,
    print_json,
    print_table,
)
from workbench.composition import (
    closed_hash_lists,
    load_hash_feed,
    load_network_feed,
    understand,
)
from workbench.desk.lists import list_loaded_lists
from workbench.enrich.hash_lists import HashListNote, withdraw_hash_list
from workbench.enrich.networks import RANGE_KINDS, FeedOrigin, withdraw_network_list
from workbench.errors import UserError
from workbench.model.limits import raising
from workbench.settings import Settings
from workbench.store.connection import Store

_LISTED: Final = 50  # rejected lines printed; all counted, the first 1,000 in JSON


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A list as somebody names it on the command line; None: not said."""

    kind: str
    path: Path
    name: str
    as_of: date | None
    label: str | None
    licence: str | None
    loaded_by: str | None
    algorithm: str = ""


# What is printed of a load: JSON, and the sentence for people.
Loaded = tuple[dict[str, Any], str]
Loader = Callable[[Store, Settings, FeedFile], Loaded]


def _load_ranges(store: Store, settings: Settings, feed: FeedFile) -> Loaded:
    content = _content_of(feed.path, settings.largest_file_bytes)
    file_day = datetime.fromtimestamp(feed.path.stat().st_mtime, tz=UTC).date()
    origin = FeedOrigin(
        kind=feed.kind,
        name=feed.name,
        file_name=feed.path.name,
        sha256=sha256(content).hexdigest(),
        as_of=feed.as_of or file_day,
        as_of_basis="stated" if feed.as_of else "file_date",
        label=feed.label,
        licence=feed.licence,
        loaded_by=feed.loaded_by,
    )
    load = load_network_feed(store, settings, origin, content)
    sentence = (
        f"{load.kind} list {load.name}, as of {load.as_of} ({load.as_of_basis.replace('_', ' ')}): "
        f"{load.read} read = {load.ranges} ranges + {load.duplicates} duplicates "
        f"+ {load.rejected} rejected. "
    )
    sentence += (
        "The same list was loaded already; nothing changed."
        if load.is_unchanged
        else f"{load.addresses_changed} addresses answered anew, "
        f"{load.versions_changed} referrals to assess again."
    )
    return asdict(load), sentence


def _load_hashes(store: Store, settings: Settings, feed: FeedFile) -> Loaded:
    note = HashListNote(
        name=feed.name,
        label=feed.label or "",
        as_of=feed.as_of or _day_of(feed.path),
        as_of_basis="stated" if feed.as_of else "file_date",
        licence=feed.licence,
        loaded_by=feed.loaded_by,
    )
    sheet = load_hash_feed(store, settings, note, feed.path, algorithm=feed.algorithm)
    sentence = (
        f"{sheet.label} hash list {sheet.name}, as of {sheet.as_of} "
        f"({sheet.as_of_basis.replace('_', ' ')}){', salted' if sheet.is_salted else ''}: "
        f"{sheet.read} read = {sheet.loaded} hashes + {sheet.repeated} repeated + "
        f"{sheet.left_out} that say nothing (of an empty file and the like; they never match) + "
        f"{sheet.rejected} rejected. "
    )
    sentence += (
        "The same list was loaded already; nothing changed. "
        if sheet.is_unchanged
        else f"{sheet.referrals_to_assess} referrals assessed again. "
    )
    sentence += f"{sheet.matched_referrals} referrals name a file that stands on it."
    return asdict(sheet), sentence


# Kind of list -> who loads it. A further kind of list is a further entry here.
LOADERS: Final[Mapping[str, Loader]] = {
    **dict.fromkeys(RANGE_KINDS, _load_ranges),
    "hashes": _load_hashes,
}


def _day_of(path: Path) -> date:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be read: {error.strerror}.",
            remedy="Check the path and its rights.",
        ) from error


def _content_of(path: Path, largest_bytes: int) -> bytes:
    try:
        if path.stat().st_size > largest_bytes:
            raise UserError(
                f"{path.name} is larger than {largest_bytes:,} bytes.",
                remedy=raising("Load it in parts", "WORKBENCH_LARGEST_FILE_BYTES", largest_bytes),
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be read: {error.strerror}.",
            remedy="Check the path and its rights.",
        ) from error


def _name_of(path: Path) -> str:
    """Return the file's name without its endings: `exits.csv.gz` is the list `exits`."""
    return path.name.partition(".")[0] or path.name


def load(
    kind: Annotated[str, typer.Argument(help=f"What the list is of: {', '.join(LOADERS)}.")],
    file: Annotated[Path, typer.Argument(help="The file.")],
    store: StoreOption = None,
    *,
    name: Annotated[str | None, typer.Option(help="The list's name; default the file's.")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The list's date; default the file's own."),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option(
            help="What the unit calls its entries; for hashes known, viral, not_relevant or an "
            "own word."
        ),
    ] = None,
    algorithm: Annotated[
        str, typer.Option(help="For hashes: their kind, where the list names none (md5, sha1).")
    ] = "",
    licence: Annotated[str | None, typer.Option(help="Under which terms we use it.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who loads it.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Load a list; one of the same kind and name is replaced by it and kept as history.

    Example: workbench feeds load vpn exits.csv --name "Example VPN exits" --as-of 2026-11-01
    """
    loader = LOADERS.get(kind)
    if loader is None:
        raise UserError(
            f"There is no kind of list named {kind}.", remedy=f"One of: {', '.join(LOADERS)}."
        )
    feed = FeedFile(
        kind=kind,
        path=file,
        name=name or _name_of(file),
        as_of=as_of.date() if as_of else None,
        label=label,
        licence=licence,
        loaded_by=by,
        algorithm=algorithm,
    )
    with open_store(store) as (opened, settings):
        loaded, sentence = loader(opened, settings, feed)
    if as_json:
        print_json(loaded)
    else:
        _print_loaded(loaded, sentence)


def _print_loaded(loaded: dict[str, Any], sentence: str) -> None:
    out.print(sentence, markup=False)
    rejections = loaded.get("rejections") or ()
    if rejections:
        out.print("\nRejected", style="bold")
        rows = [[r["place"], r["reason"], r["remedy"]] for r in rejections[:_LISTED]]
        print_table(["place", "why", "what to do"], rows)


def list_(store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """List the lists that speak now, each with its date and its age.

    Example: workbench feeds list
    """
    with open_store(store) as (opened, settings):
        lists = list_loaded_lists(
            opened, today=datetime.now(UTC).date(), age_limit_days=settings.list_age_limit_days
        )
        closed = closed_hash_lists(opened, settings)
    if closed:
        err.print(
            f"Kept salted, and not opened by the salt that is set: {', '.join(closed)}. No file is "
            "compared with these. Set WORKBENCH_HASH_SALT to the salt they were loaded with.",
            style="bold red",
            markup=False,
        )
    if as_json:
        print_json([asdict(one) for one in lists])
        return
    if not lists:
        err.print("No list is loaded yet; `workbench feeds load KIND FILE` loads one.")
        return
    print_table(
        ["name", "kind", "label", "as of", "entries", "", "whose date", "loaded", "by", "licence"],
        [
            [
                one.name,
                one.kind,
                one.label,
                one.as_of,
                one.entry_count,
                f"older than {settings.list_age_limit_days} days" if one.is_old else "",
                one.as_of_basis.replace("_", " "),
                f"{one.loaded_at:%Y-%m-%d %H:%M}",
                one.loaded_by,
                one.licence,
            ]
            for one in lists
        ],
    )


def withdraw(
    kind: Annotated[str, typer.Argument(help="What the list is of.")],
    name: Annotated[str, typer.Argument(help="The list's name.")],
    store: StoreOption = None,
    *,
    by: Annotated[str | None, typer.Option("--by", help="Who takes it back.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Take a list back; what it said stays as history.

    Example: workbench feeds withdraw vpn "Example VPN exits"
    """
    with open_store(store) as (opened, settings):
        if kind == "hashes":
            what, changed = "referrals_to_assess", withdraw_hash_list(opened, name, by=by)
        else:
            what = "addresses_changed"
            changed = withdraw_network_list(opened, kind, name, by=by)
        understand(opened, settings)
    if as_json:
        print_json({"kind": kind, "name": name, what: changed})
    else:
        told = "referrals assessed again" if kind == "hashes" else "addresses answered anew"
        out.print(f"{name} says nothing any more; {changed} {told}.", markup=False)
