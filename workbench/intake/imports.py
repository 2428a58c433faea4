"""Imports that were made: what each did, and those that did not end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from workbench.errors import NotFoundError
from workbench.intake.count_sheet import MOST_SHOWN, CountSheet, KindCount
from workbench.intake.presence import list_breaks_of_import
from workbench.model.record import UnreadFields
from workbench.store.connection import Row, Store

State = Literal["ended", "at_work", "interrupted"]


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import. Before it has ended `finished_at` and all counts are None.

    `version_count` says how much of one that has not ended is in the store; else it is 0.
    """

    batch_id: str
    started_at: datetime
    finished_at: datetime | None
    imported_by: str | None  # None: nobody was named
    file_count: int | None
    read_count: int | None
    loaded_count: int | None
    new_version_count: int | None
    duplicate_count: int | None
    rejected_count: int | None
    version_count: int
    state: State


@dataclass(frozen=True, slots=True)
class ImportList:
    """Some of the imports, newest first, and how many there are."""

    imports: Sequence[PastImport]
    import_count: int


def list_imports(store: Store, *, page: int = 1, imports_a_page: int | None = None) -> ImportList:
    """Return a page of the imports, newest first; without a size all of them.

    Args:
        store: Asked.
        page: From 1.
        imports_a_page: None: all.
    """
    [counted] = store.rows("intake/count_imports")
    count = int(counted["import_count"])
    skipped = (page - 1) * imports_a_page if imports_a_page else 0
    params = {"batch_id": None, "skip_count": skipped, "row_count": imports_a_page or count}
    rows = store.rows("intake/list_imports", params)
    return ImportList([_past_import(store, row) for row in rows], count)


def find_import(store: Store, batch_id: str) -> PastImport:
    """Return an import by its name.

    Raises:
        NotFoundError: The store knows none of this name.
    """
    row = store.row("intake/list_imports", {"batch_id": batch_id, "skip_count": 0, "row_count": 1})
    if row is None:
        raise NotFoundError(
            f"The store knows no import {batch_id!r}.",
            remedy="`workbench imports` lists them, each with its name.",
        )
    return _past_import(store, row)


def read_count_sheet(store: Store, of: PastImport) -> CountSheet:
    """Return the count sheet of an import as it was told then.

    Of one that has not ended it has what was listed until now, and counts nothing as read. Of its
    warnings those stand that tell of a break with the past.
    """
    named = {"batch_id": of.batch_id}
    shown = named | {"row_count": MOST_SHOWN}
    reasons = store.rows("intake/count_rejections", named)
    rejections = store.rows("intake/list_rejections", shown)
    kinds = store.rows("intake/count_set_aside", named)
    unread = store.rows("intake/list_unread_fields", named)
    return CountSheet(
        of.batch_id,
        files=of.file_count or 0,
        read=of.read_count or 0,
        loaded=of.loaded_count or 0,
        new_versions=of.new_version_count or 0,
        duplicates=of.duplicate_count or 0,
        rejected=of.rejected_count or 0,
        rejections=rejections,
        rejections_not_shown=sum(one["entry_count"] for one in reasons) - len(rejections),
        rejected_codes=_counted(reasons),
        set_aside=store.rows("intake/list_set_aside", shown),
        set_aside_kinds={kind["kind"]: KindCount(**kind) for kind in kinds},
        unread=UnreadFields(
            {(one["source_format"], one["field_path"]): one["occurrence_count"] for one in unread}
        ),
        warnings=[found.as_warning() for found in list_breaks_of_import(store, of.batch_id)],
    )


def _counted(reasons: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many were rejected for which reason; nothing where that was not counted."""
    if any(one["report_count"] is None for one in reasons):
        return {}
    return {one["code"]: one["report_count"] for one in reasons}


def _past_import(store: Store, row: Row) -> PastImport:
    if row["finished_at"] is not None:
        state: State = "ended"
    else:
        is_at_work = row["batch_id"] == store.gate.import_at_work
        state = "at_work" if is_at_work else "interrupted"
    return PastImport(**row, state=state)
