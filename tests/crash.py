"""An import that is killed, and what must be true afterwards; for tests and for `make crash`."""

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Sequence
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.builders import file_details, police_json, provider_xml, write
from workbench.composition import take_in
from workbench.errors import StoreError
from workbench.model.tables import TABLES
from workbench.settings import Settings
from workbench.store.audit import run_audits
from workbench.store.connection import Store

SETTINGS = Settings(batch_size=16)  # many small transactions, so that many moments differ
# What an import says of itself, as against what it brought.
_ABOUT_THE_IMPORT = frozenset(
    {
        *("import_batch", "rejection", "rejected_count", "set_aside", "unread_field"),
        *("import_warning", "presence", "presence_break"),
    }
)
# What each report brings in its own transaction; what is added to it afterwards may be missing.
_BROUGHT = {*TABLES, "report_version", "origin"} - {"report", "recorded_decision"}
_DIFFERENT_EACH_TIME = frozenset(
    {
        *("batch_id", "source_file_id", "loaded_at", "decision_id", "recorded_at", "scanned_at"),
        *("asking_id", "since"),
    }
)

# A server that has everything imported forks quickly, and has no thread that a fork would lose.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.crash"])

Content = dict[str, list[str]]


def write_inbox(folder: Path, reports: int = 240) -> Path:
    """Write reports of all kinds, with duplicates, changed copies and decisions."""
    for index in range(reports):
        number = 991000000 + index
        match index % 4:
            case 0:
                write(folder, f"{number}.json", police_json(number))
                write(folder, f"{number}_again.json", police_json(number))
            case 1:
                write(folder, f"{number}.json", police_json(number))
                write(folder, f"{number}_new.json", police_json(number, informational=True))
            case 2:
                write(folder, f"{number}/report.xml", provider_xml())
                write(folder, f"{number}/file.xml", file_details(str(number)))
            case _:
                write(folder, f"{number}_cut.json", json.dumps(police_json(number))[:-9])
    header = "Report number;Received;Provider;Decision;Decided;Decided by;Screen name\n"
    row = "{};1.2.2026 10:00;Provider {};Importert;3.2.2026 11:00;Kari;name_{}\n"
    rows = "".join(row.format(992000000 + i, i % 50, i) for i in range(reports))
    write(folder, "archive.csv", header + rows)
    return folder


def run_import(path: Path, folder: Path, readers: int = 1) -> None:
    """Import a folder into a store, as `workbench import` does."""
    with Store.open(path) as store:
        import_into(store, folder, readers)


def import_into(store: Store, folder: Path, readers: int = 1) -> None:
    """Import a folder into an open store."""
    settings = SETTINGS.model_copy(update={"readers": readers})
    take_in(store, [folder], settings, imported_by=None, report_progress=lambda _: None)


def start_import(path: Path, folder: Path, readers: int = 1) -> ForkServerProcess:
    """Start such an import in a process of its own, which may have others read for it."""
    return started(run_import, path, folder, readers)


def start_import_on_full_disk(path: Path, folder: Path, largest_bytes: int) -> ForkServerProcess:
    """Start one that may not write a file beyond a size; its exit code is the error's."""
    return started(_import_on_full_disk, path, folder, largest_bytes)


def _import_on_full_disk(path: Path, folder: Path, largest_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_bytes, largest_bytes))
    try:
        run_import(path, folder)
    except StoreError as error:
        sys.exit(error.exit_code if error.remedy else 1)


def hold_open(path: Path, seconds: float) -> ForkServerProcess:
    """Open the store in another process and keep it."""
    return started(_hold_open, path, seconds)


def _hold_open(path: Path, seconds: float) -> None:
    with Store.open(path):
        path.with_suffix(".held").touch()
        time.sleep(seconds)


def started(target: Any, *arguments: Any) -> ForkServerProcess:
    """Start a function of a module in a process that has everything imported."""
    running = _PROCESSES.Process(target=target, args=arguments, daemon=True)
    running.start()
    return running


def read_content(store: Store) -> Content:
    """Return every row that an import brought, by table, in an order of its own."""
    content: Content = {}
    listed = "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name <> 'main'"
    for schema, table in store.query(listed)[1]:
        if table in _ABOUT_THE_IMPORT:
            continue
        columns, rows = store.query(f'SELECT * FROM "{schema}"."{table}"')  # noqa: S608 - from the catalogue
        kept = [i for i, column in enumerate(columns) if column not in _DIFFERENT_EACH_TIME]
        # Keys that are no hash of what they stand for are made anew by each import.
        content[table] = sorted(
            str([row[i] for i in kept if not isinstance(row[i], UUID)]) for row in rows
        )
    # An interrupted import had opened files that the next one opens again.
    content["source_file"] = sorted(set(content["source_file"]))
    origins = (
        "SELECT version_id, file_name FROM referral.report_version "
        "INNER JOIN referral.source_file USING (source_file_id)"
    )
    content["origin"] = sorted(str(row) for row in store.query(origins)[1])
    return content


def assert_whole(store: Store, undisturbed: Content) -> int:
    """Fail unless what is there is a part of the whole, referral by referral; return its size."""
    for audit in run_audits(store):
        assert audit.holds, audit
    content = read_content(store)
    versions = {row[0] for row in store.query("SELECT version_id FROM referral.report_version")[1]}
    for table, rows in content.items():
        whole = undisturbed.get(table, [])
        if table in _BROUGHT:
            assert rows == [row for row in whole if row[2:34] in versions], table
        elif table == "decision":
            assert set(rows) <= set(whole), table
    return len(versions)


def kill_and_finish(
    folder: Path,
    store_path: Path,
    undisturbed: Content,
    moments: Sequence[float],
    readers: int = 1,
) -> list[tuple[int, bool]]:
    """Kill an import after each of these seconds, then let one run to its end.

    Returns:
        For each kill, how many versions stood in the store, and whether it came before the end.
    """
    seen = []
    for moment in moments:
        running = start_import(store_path, folder, readers)
        time.sleep(moment)
        running.kill()
        running.join()
        with Store.open(store_path) as store:
            seen.append((assert_whole(store, undisturbed), running.exitcode != 0))
    run_import(store_path, folder)
    with Store.open(store_path) as store:
        assert_whole(store, undisturbed)
        assert read_content(store) == undisturbed
    return seen


def import_undisturbed(folder: Path, store_path: Path) -> tuple[Content, float]:
    """Return what an undisturbed import brings, and how many seconds its process takes."""
    started(time.sleep, 0).join()  # the first process waits until everything is imported
    began = time.monotonic()
    running = start_import(store_path, folder)
    running.join()
    assert running.exitcode == 0
    seconds = time.monotonic() - began
    with Store.open(store_path) as store:
        return read_content(store), seconds
