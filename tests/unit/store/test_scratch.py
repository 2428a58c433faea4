"""Notes of an import: as many as there are, in little memory, and gone when it ends."""

import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from workbench.errors import StoreError
from workbench.store.connection import statement
from workbench.store.scratch import NotedRows, Notes, scratch

A_MEGABYTE = 1024  # in kilobytes, as the system counts


def note(notes: Notes, count: int) -> None:
    notes.run("intake/make_stated_number")
    notes.run("intake/make_wanted_number")
    rows = NotedRows(notes, "intake/add_stated_numbers")
    for place in range(count):
        rows.add(place, f"invented number {place * 7919 % count} of a report")
    rows.write()


_CHILD = """
import os, re, sys
from pathlib import Path
from tests.unit.store.test_scratch import note
from workbench.store.scratch import scratch
with scratch() as notes:
    note(notes, int(sys.argv[1]))
    notes.run("intake/add_wanted_numbers_of_parts")
    print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
    for entry in os.scandir("/proc/self/fd"):
        print(os.readlink(entry) if entry.is_symlink() else "")
"""


def said_by_a_process_that_notes(count: int, folder: Path) -> list[str]:
    """Return the most kilobytes it took, and the files it had open at its end."""
    said = subprocess.run(
        [sys.executable, "-c", _CHILD, str(count)],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | {"SQLITE_TMPDIR": str(folder)},
    )
    return said.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what a process has open and took")
def test_memory_does_not_grow_with_what_is_noted_and_nothing_has_a_name_that_could_stay(
    tmp_path: Path,
) -> None:
    few, *_ = said_by_a_process_that_notes(300_000, tmp_path)
    many, *files = said_by_a_process_that_notes(1_200_000, tmp_path)
    assert int(many) < int(few) + 20 * A_MEGABYTE
    assert [file for file in files if file.startswith(str(tmp_path)) and "(deleted)" in file]
    assert not list(tmp_path.iterdir())


def test_a_list_goes_on_while_others_are_noted_and_in_another_thread() -> None:
    with scratch() as notes:
        for name in ("found_file", "folder_root", "seen_file"):
            notes.run(f"intake/make_{name}")
        files = [(0, b"in", b"%d.json" % number, 1) for number in range(9_000)]
        notes.write("intake/add_found_files", files)
        notes.run("intake/add_folder_roots")
        listed = notes.rows("intake/list_found_files")
        found = [next(listed)]
        notes.write(
            "intake/add_seen_files",
            [
                (place, file, "a.json", 1, 0, "other", None)
                for place, (_, _, file, _) in enumerate(files)
            ],
        )
        notes.run("intake/clear_seen_file")
        thread = threading.Thread(target=lambda: found.extend(listed))
        thread.start()
        thread.join()
        assert found == sorted(files)


def test_notes_that_fit_nowhere_say_so() -> None:
    with scratch() as notes:
        notes._connection.execute("PRAGMA max_page_count = 20")  # a temporary folder that is full
        with pytest.raises(StoreError, match="cannot be kept in the system's temporary folder"):
            note(notes, 100_000)


TABLES = (
    "found_file",
    "found_folder",
    "folder_root",
    "seen_file",
    "stated_number",
    "wanted_number",
)


@pytest.mark.parametrize(
    "name", ["list_found_files", "list_grouped_files", "drop_files_found_again"]
)
def test_no_table_is_gone_through_once_for_each_row_of_another(name: str) -> None:
    """Which took minutes for the folders of 25,000 reports."""
    text = statement(f"intake/{name}")
    with scratch() as notes:
        for table in TABLES:
            notes.run(f"intake/make_{table}")
        params = {"number_of_report": None} if "$number_of_report" in text else {}
        plan = notes._connection.execute(f"EXPLAIN QUERY PLAN {text}", params).fetchall()
    loops = Counter(parent for _, parent, _, step in plan if step.startswith("SCAN"))
    assert loops
    assert max(loops.values()) == 1, plan
