"""The other half of a campaign: mutated files of every format go through the public door.

`python -m tests.fuzz.importing FOLDER SECONDS RUNS SEED`. Each round imports a folder of mutated files
into a real store: whatever they hold, the count sheet adds up, the audits hold, the good report beside
them is loaded, and no reader gives up in a way nobody foresaw.
"""

import random
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.registry import connectors
from tests.builders import police_json, write
from tests.fuzz.judge import BreachError
from tests.fuzz.seeds import WORDS, seeds
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.settings import Settings
from workbench.store.audit import run_audits
from workbench.store.connection import Store

_FILES_A_ROUND = 40
_NUMBER = 991900000


def mutated(content: bytes, other: bytes, choose: random.Random) -> bytes:
    """Return a content with a few small things done to it, as a mutator does them."""
    work = bytearray(content)
    for _ in range(choose.randint(1, 6)):
        place = choose.randrange(len(work) + 1)
        match choose.randrange(6):
            case 0:
                work[place : place + 1] = bytes([choose.randrange(256)])
            case 1:
                work[place:place] = choose.choice(WORDS)
            case 2:
                del work[place : place + choose.randint(1, 200)]
            case 3:
                start = choose.randrange(len(other) + 1)
                work[place:place] = other[start : start + choose.randint(1, 400)]
            case 4:
                work[place:place] = work[place : place + choose.randint(1, 300)] * choose.randint(
                    1, 20
                )
            case _:
                del work[place:]
    return bytes(work)


def import_round(folder: Path, contents: list[bytes], number: int) -> CountSheet:
    """Import contents, and a good report beside them, into a store of their own and judge it."""
    for place, content in enumerate(contents):
        write(folder, f"{place:03}", content)
    write(folder, "good.json", police_json(str(number)))
    settings = Settings(store=folder / "unused.duckdb")
    with Store.open(None) as store:
        sheet = import_paths(store, [folder], connectors=connectors(None), settings=settings)
        breaches = [r for r in sheet.rejections if r["code"] == "reader_failed"]
        breaches += [{"audit": audit.name} for audit in run_audits(store) if not audit.holds]
        _, numbers = store.query("SELECT report_number FROM analyst.referral")
    if breaches or not sheet.adds_up or (str(number),) not in numbers:
        raise BreachError(f"{breaches}, adds up: {sheet.adds_up}")
    return sheet


def main(keep: Path, seconds: float, runs: int, seed: int) -> None:
    """Import round after round until the time or the number of files is used up."""
    choose = random.Random(seed)  # noqa: S311 - seeded on purpose
    every = [content for contents in seeds().values() for content in contents]
    end = time.monotonic() + seconds
    files = read = rejected = 0
    slowest = 0.0
    while files < runs and time.monotonic() < end:
        contents = [
            mutated(choose.choice(every), choose.choice(every), choose)
            for _ in range(min(_FILES_A_ROUND, runs - files))
        ]
        started = time.monotonic()
        with TemporaryDirectory() as folder:
            try:
                sheet = import_round(Path(folder), contents, _NUMBER + files)
            except BaseException:
                for place, content in enumerate(contents):
                    write(keep, f"import-round-{place:03}", content)
                raise
        slowest = max(slowest, time.monotonic() - started)
        files += len(contents)
        read += sheet.read
        rejected += sheet.rejected
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{read} reports read, {rejected} rejected", file=sys.stderr)
    print(f"stat::number_of_executed_units: {files}", file=sys.stderr)
    print(f"stat::slowest_unit_time_sec: {slowest:.0f}", file=sys.stderr)
    print(f"stat::peak_rss_mb: {peak}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
