"""Backup: a store's file copied in one moment, opened, read through, and only then given its name.

Copied as a file and not by `COPY FROM DATABASE`, which would write every row anew (minutes, and as
much memory as one transaction takes), loses what is not a row, and needs a door to the file system
that an open store keeps locked. While the file is copied commits wait; readers go on. Proof that
nothing was committed meanwhile: the write-ahead log and the file's headers are the same afterwards.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from workbench.errors import KeepingError, StoreBusyError, StoreLockedError
from workbench.keeping.channel import call, commits_held
from workbench.keeping.copying import (
    PARTS,
    TellBytes,
    beside,
    copy_image,
    holding,
    owner_only,
    part_of,
    refuse_unfolded,
    refuse_where_files_cannot_be_locked,
    sha256_of,
    state_of,
)
from workbench.keeping.manifest import Manifest, put_in_place
from workbench.store.audit import run_audits
from workbench.store.connection import Store
from workbench.store.contents import read_through

_ATTEMPTS: Final = 3

Say = Callable[[str], None]


def make_backup(  # noqa: PLR0913 - from where, to where, how patiently, told to whom
    store: Path,
    backup: Path,
    *,
    replace: bool,
    seconds: float,
    say: Say = lambda _: None,
    tell: TellBytes = lambda _done, _of: None,
) -> Manifest:
    """Write a verified copy of a store, which may be open in the screens.

    Args:
        store: The store's file.
        backup: The file to write; its manifest stands beside it, with `.json` added.
        replace: Whether a file of that name may be replaced.
        seconds: The longest to wait for the screens.
        say: Told what is being done.
        tell: Told how many bytes are copied.

    Raises:
        KeepingError: There is no store, or something would be overwritten.
        StoreBusyError: The screens did not come to rest in time.
        StoreLockedError: Another command has the store open.
        StoreError: The copy cannot be written, or does not open.
    """
    refuse_where_files_cannot_be_locked()
    _check(store, backup, replace=replace)
    made_at = datetime.now(UTC)
    with owner_only(), part_of(backup) as part:
        waited = _copy_of(store, part, seconds=seconds, say=say, tell=tell)
        say("Reading the copy through ...")
        manifest = verified(part, made_at=made_at, waited=waited)
        _check(store, backup, replace=replace)
        put_in_place(part, backup, manifest)
    return manifest


def _check(store: Path, backup: Path, *, replace: bool) -> None:
    if not store.is_file():
        raise KeepingError(f"There is no store {store}.", remedy="Name it with --store.")
    if not backup.parent.is_dir():
        raise KeepingError(
            f"There is no folder {backup.parent}.", remedy="Make it, or name another."
        )
    taken = {beside(store.resolve(), ending) for ending in PARTS}
    if backup.is_dir() or backup.resolve() in taken:
        raise KeepingError(
            f"{backup} is a folder or the store itself.", remedy="Name a new file for the backup."
        )
    if backup.exists() and not replace:
        raise KeepingError(
            f"{backup} exists already.", remedy="Name another file, or add --replace."
        )


def _copy_of(store: Path, part: Path, *, seconds: float, say: Say, tell: TellBytes) -> float:
    """Copy the store in one moment; return how many seconds commits had to wait for it."""
    try:
        with holding(store) as held:
            say("Copying the store ...")
            copy_image(store, part, held=held, tell=tell)
            return 0.0
    except StoreLockedError as locked:
        line = call(store)
        if line is None:
            raise StoreLockedError(
                f"The store {store} is open in another command, which cannot be asked.",
                remedy="Wait until it has ended. A backup beside it is possible while "
                "`workbench serve` has the store open.",
            ) from locked
    with line:
        for _ in range(_ATTEMPTS):
            say("Copying the store while the screens are open ...")
            with commits_held(line, seconds=seconds):
                started = time.monotonic()
                before = state_of(store)
                copy_image(store, part, held=None, tell=tell)
                is_still = state_of(store) == before
                waited = time.monotonic() - started
            if is_still:
                return waited
            for ending in PARTS:
                beside(part, ending).unlink(missing_ok=True)
    raise StoreBusyError(
        "The store was written to while it was copied, each time.", remedy="Try again."
    )


def verified(part: Path, *, made_at: datetime, waited: float) -> Manifest:
    """Open a copy, which makes one file of it, read every value, run the audits; describe it.

    Raises:
        StoreError: It is not a store, or a part of it cannot be read.
    """
    with Store.open(part) as opened:
        tables = read_through(opened)
        failing = [audit.name for audit in run_audits(opened) if not audit.holds]
        [shown] = opened.rows("keeping/show_store")
    refuse_unfolded(part)
    return Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        store_id=shown["store_id"],
        migration=shown["migration"],
        sha256=sha256_of(part),
        byte_count=part.stat().st_size,
        referrals=shown["referral_count"],
        decisions=shown["decision_count"],
        rows={table: content.row_count for table, content in tables.items()},
        failing_audits=failing,
        commits_waited_seconds=round(waited, 3),
    )
