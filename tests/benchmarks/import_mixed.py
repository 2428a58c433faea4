"""What an import of mixed files costs above the floor: two processes that only parse and visit.

    python -m tests.benchmarks.import_mixed [reports]

Prints for each format, and for all of them in one import, wall and CPU seconds beside those of the
floor measured in the same run, their ratio, and the peak memory of all processes of the import.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.registry import connectors
from tests.benchmarks.mixed_inbox import FIRST_NUMBER, MIX, read_bare, write_format
from workbench.intake.importer import import_paths
from workbench.intake.recipe import Recipe
from workbench.settings import Settings
from workbench.store.connection import Store

AIM, MOST = 2.5, 4.0
FLOOR_PROCESSES = 2
A_MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Cost:
    """Seconds on the clock and of processors."""

    wall: float
    cpu: float


def _myself(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.benchmarks.import_mixed", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def floor(folders: Sequence[Path]) -> Cost:
    """Have two processes parse and visit every other file each."""
    running = [
        _myself("--bare", str(which), *map(str, folders)) for which in range(FLOOR_PROCESSES)
    ]
    for process in running:
        assert process.stdout
        process.stdout.readline()  # it has imported everything and listed its files
    started = time.perf_counter()
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [json.loads(process.communicate()[0]) for process in running]
    return Cost(max(ended for ended, _ in said) - started, sum(cpu for _, cpu in said))


def _read_bare(which: int, folders: Sequence[str]) -> None:
    files = sorted(
        file for folder in folders for file in Path(folder).rglob("*.*") if file.is_file()
    )
    print("ready", flush=True)
    sys.stdin.readline()
    started = time.process_time()
    read_bare(files[which::FLOOR_PROCESSES])
    # The clock is the same for all processes of a machine; ending the process is no part of it.
    print(json.dumps([time.perf_counter(), time.process_time() - started]))


def measured_import(folders: Sequence[Path], store: Path) -> tuple[Cost, dict[str, Any], float]:
    """Import in a process of its own; return its cost, what it says and its peak megabytes."""
    running = _myself("--import", str(store), *map(str, folders))
    peak = [0]
    spent: dict[int, float] = {}  # of each process, as last seen: not all wait for their children
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            family = list(_family(running.pid))
            peak[0] = max(peak[0], sum(map(_memory_of, family)))
            for process_id in family[1:]:
                seconds = _processor_seconds(process_id)
                spent[process_id] = max(spent.get(process_id, 0.0), seconds)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = json.loads(running.communicate()[0])
    done.set()
    watcher.join()
    return Cost(said["wall"], said["cpu"] + sum(spent.values())), said, peak[0] / A_MEGABYTE


def _import(store: Path, folders: Sequence[Path]) -> None:
    started, before = time.perf_counter(), os.times()
    with Store.open(store) as opened:
        sheet = import_paths(
            opened,
            folders,
            connectors=connectors(None),
            recipe=Recipe("connectors.registry:connectors"),
            settings=Settings(),
        )
    wall, after = time.perf_counter() - started, os.times()
    cpu = sum(after[:2]) - sum(before[:2])
    said = {"wall": wall, "cpu": cpu, "loaded": sheet.loaded, "rejected": sheet.rejected}
    print(json.dumps(said))


def _family(process_id: int) -> Iterator[int]:
    yield process_id
    for task in Path(f"/proc/{process_id}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _processor_seconds(process_id: int) -> float:
    try:
        said = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def _memory_of(process_id: int) -> int:
    try:
        resident = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return resident * os.sysconf("SC_PAGE_SIZE")


def compare(name: str, folders: Sequence[Path], reports: int, store: Path) -> None:
    """Print one line: an import between two runs of its floor, of which the better counts."""
    floors = [floor(folders)]
    cost, said, peak = measured_import(folders, store)
    floors.append(floor(folders))
    bare = min(floors, key=lambda one: one.wall)
    least = min(one.cpu for one in floors)
    assert (said["loaded"], said["rejected"]) == (reports, 0), said
    print(
        f"{name:>16}: {reports:>7,} reports  wall {cost.wall:6.1f} s / {bare.wall:5.1f} s = "
        f"{cost.wall / bare.wall:5.2f}   CPU {cost.cpu:6.1f} s / {least:5.1f} s = "
        f"{cost.cpu / least:5.2f}   {reports / cost.wall:6,.0f} reports/s   peak {peak:4.0f} MB",
        flush=True,
    )


def main(reports: int) -> None:
    """Write the files, measure each format and all of them together."""
    counts = {name: max(count * reports // 100_000, 2) for name, count in MIX.items()}
    cores = sorted(os.sched_getaffinity(0))[:FLOOR_PROCESSES]
    os.sched_setaffinity(0, cores)
    print(
        f"import of mixed reports on {len(cores)} cores; at most {MOST:g} times the floor, aim {AIM:g}"
    )
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        number = FIRST_NUMBER
        for kind, count in counts.items():
            write_format(kind, place / kind, range(number, number + count))
            files = sum(file.is_file() for file in (place / kind).rglob("*"))
            print(f"{kind:>16}: {count:>7,} reports in {files:,} files")
            number += count
        for kind, count in counts.items():
            compare(kind, [place / kind], count, place / f"{kind}.duckdb")
        with_pdf = {"package", "pdf"}  # one costs as much as hundreds of the others
        documents = [kind for kind in counts if kind not in with_pdf | {"csv", "xlsx"}]
        without_pdf = [kind for kind in counts if kind not in with_pdf]
        for title, kinds in (
            ("json, xml, zip", documents),
            ("without PDF", without_pdf),
            ("all together", list(counts)),
        ):
            folders = [place / kind for kind in kinds]
            compare(title, folders, sum(counts[kind] for kind in kinds), place / f"{title}.duckdb")
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--bare", which, *folders]:
            _read_bare(int(which), folders)
        case ["--import", store, *folders]:
            _import(Path(store), [Path(folder) for folder in folders])
        case arguments:
            main(int(arguments[0]) if arguments else 100_000)
