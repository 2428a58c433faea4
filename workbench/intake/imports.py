"""Imports that were made: what each did, and those that did not end."""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import pyarrow as pa

from workbench.errors import NotFoundError
from workbench.intake.count_sheet import MOST_SHOWN, CountSheet, KindCount
from workbench.intake.presence import list_breaks_of_import
from workbench.model.record import UnreadFields
from workbench.store.connection import Row, Store

State = Literal["ended", "at_work", "interrupted"]
IMPORTS_A_PAGE: Final = 10


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
    """A page of the imports, newest first, and how many there are on all pages."""

    imports: Sequence[PastImport]
    import_count: int
    page: int
    page_count: int


def list_imports(
    store: Store, *, page: int = 1, imports_a_page: int = IMPORTS_A_PAGE
) -> ImportList:
    """Return a page of the imports, newest first.

    Args:
        store: Asked.
        page: From 1; where there are not so many it is the last, which the list says.
        imports_a_page: How many.
    """
    [counted] = store.rows("intake/count_imports")
    count = int(counted["import_count"])
    page_count = math.ceil(count / imports_a_page)
    page = max(min(page, page_count), 1)
    listed = _past_imports(store, None, (page - 1) * imports_a_page, imports_a_page)
    return ImportList(listed, count, page, page_count)


def find_import(store: Store, batch_id: str) -> PastImport:
    """Return an import by its name.

    Raises:
        NotFoundError: The store knows none of this name.
    """
    found = _past_imports(store, batch_id, 0, 1)
    if not found:
        raise NotFoundError(
            f"The store knows no import {batch_id!r}.",
            remedy="`workbench imports` lists them, each with its name.",
        )
    return found[0]


def read_count_sheet(store: Store, of: PastImport) -> CountSheet:
    """Return the count sheet of an import as it was told then.

    Of one that has not ended it has what was listed until now, and counts nothing as read.
    """
    named = {"batch_id": of.batch_id}
    shown = named | {"row_count": MOST_SHOWN}
    # First what is listed: one at work goes on, and never are more shown than are counted.
    rejections = store.rows("intake/list_rejections", shown)
    set_aside = store.rows("intake/list_set_aside", shown)
    reasons = store.rows("intake/count_rejections", named)
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
        set_aside=set_aside,
        set_aside_kinds={kind["kind"]: KindCount(**kind) for kind in kinds},
        unread=UnreadFields(
            {(one["source_format"], one["field_path"]): one["occurrence_count"] for one in unread}
        ),
        warnings=_warnings(store, of.batch_id),
    )


def keep_warnings(store: Store, batch_id: str, warnings: Sequence[Mapping[str, Any]]) -> None:
    """Keep what somebody should look at after an import, in the order in which it is told."""
    if not warnings:
        return
    rows = [
        {"batch_id": batch_id, "warning_no": number, "warning": json.dumps(warning)}
        for number, warning in enumerate(warnings, 1)
    ]
    with store.transaction(), store.columns("staged_row", pa.Table.from_pylist(rows)):
        store.run("intake/add_warnings")


def _warnings(store: Store, batch_id: str) -> list[dict[str, Any]]:
    kept = store.rows("intake/list_warnings", {"batch_id": batch_id})
    if kept:
        return [json.loads(one["warning"]) for one in kept]
    # Of imports by an earlier release only what broke with the past was kept.
    return [found.as_warning() for found in list_breaks_of_import(store, batch_id)]


def _counted(reasons: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many were rejected for which reason; nothing where that was not counted."""
    if any(one["report_count"] is None for one in reasons):
        return {}
    return {one["code"]: one["report_count"] for one in reasons}


def _past_imports(
    store: Store, batch_id: str | None, skipped: int, most: int
) -> Sequence[PastImport]:
    params = {"batch_id": batch_id, "skip_count": skipped, "row_count": most}
    # Asked before and after: one may end, and one begin, while the store is read.
    before = store.gate.import_at_work
    rows = store.rows("intake/list_imports", params)
    at_work = {before, store.gate.import_at_work}
    return [_past_import(row, at_work) for row in rows]


def _past_import(row: Row, at_work: Collection[str | None]) -> PastImport:
    state: State = "ended"
    if row["finished_at"] is None:
        state = "at_work" if row["batch_id"] in at_work else "interrupted"
    return PastImport(**row, state=state)
