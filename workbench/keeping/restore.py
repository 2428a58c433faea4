"""Restore: a backup proved whole, opened beside the store, and only then put in its place."""

import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.errors import KeepingError, StoreError, StoreLockedError
from workbench.keeping.backup import Say
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
    to_disk,
)
from workbench.keeping.manifest import Manifest, read_manifest
from workbench.store.audit import Audit, run_audits
from workbench.store.connection import Store
from workbench.store.contents import read_through, rows_missing_in


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `kept_aside` is the store that stood there before; None: there was none."""

    store: Path
    manifest: Manifest
    kept_aside: Path | None
    audits: list[Audit]


def restore_backup(
    backup: Path,
    store: Path,
    *,
    replace: bool,
    say: Say = lambda _: None,
    tell: TellBytes = lambda _done, _of: None,
) -> Restored:
    """Make a store of a backup.

    Args:
        backup: A file made by `workbench backup`, with its manifest beside it; only read.
        store: Where the store shall stand.
        replace: Whether a store there may go if it has rows the backup lacks; it is kept aside.
        say: Told what is being done.
        tell: Told how many bytes are copied.

    Raises:
        KeepingError: The backup is not whole, or rows would be lost.
        StoreLockedError: The store is in use.
        StoreError: It cannot be written, or the backup does not open.
    """
    refuse_where_files_cannot_be_locked()
    say("Proving the backup whole ...")
    manifest = read_manifest(backup)
    store.parent.mkdir(parents=True, exist_ok=True)
    with owner_only(), part_of(store) as part:
        copy_image(backup, part, held=None, tell=tell, parts=("",))
        if sha256_of(part) != manifest.sha256:
            raise KeepingError(f"{backup} changed while it was read.", remedy="Restore it again.")
        say("Opening it ...")
        with Store.open(part) as opened:
            read_through(opened)
            audits = run_audits(opened)
            _refuse_loss(store, opened, replace=replace)
        refuse_unfolded(part)
        kept_aside = _put_aside(store)
        to_disk(part)
        part.replace(store)
        to_disk(store.parent)
    if kept_aside is not None:  # who may read the store is for its unit to say
        store.chmod(stat.S_IMODE(kept_aside.stat().st_mode))
    return Restored(store, manifest, kept_aside, audits)


def _refuse_loss(store: Path, opened: Store, *, replace: bool) -> None:
    """Refuse when the store in place has rows that the backup lacks, unless that is meant."""
    if not store.exists():
        return
    try:
        with Store.open(store) as standing:
            missing = {} if replace else rows_missing_in(opened, standing)
    except StoreLockedError as error:
        raise StoreLockedError(
            f"The store {store} is in use.",
            remedy="Stop the screens or the command that has it open, then restore again.",
        ) from error
    except StoreError as error:
        if replace:
            return  # that it does not open may be why somebody restores
        raise KeepingError(
            f"{store} cannot be opened, so nobody can say what would be lost.",
            remedy="Add --replace: it is kept aside under another name.",
        ) from error
    if missing:
        listed = ", ".join(f"{count:,} of {table}" for table, count in missing.items())
        raise KeepingError(
            f"The store {store} has rows that the backup lacks: {listed}.",
            remedy="Restore to another file with --store, or add --replace: "
            "the store is then kept aside under another name.",
        )


def _put_aside(store: Path) -> Path | None:
    if not store.exists():
        return None
    aside = store.with_name(f"{store.stem}-until-{datetime.now(UTC):%Y%m%dT%H%M%S%f}{store.suffix}")
    with holding(store):
        # The log first: without its store it means nothing, beside another it could be taken for
        # that one's.
        for ending in reversed(PARTS):
            if os.path.lexists(beside(store, ending)):
                beside(store, ending).rename(beside(aside, ending))
    return aside
