"""What comparing a hash list with every file costs above a bare hash join of the same two tables.

    python tests/benchmarks/match_hashes.py [hashes on the list] [files]

For a plain and a salted list it prints how long loading the list from a CSV file took, and two ratios to a
floor measured in the same run: one join of `referral.file_hash` with the list's entries on kind and bytes,
its matches written to a table.

* A new list against files that were taken up before: join, keep the matches, note what was compared.
* The same with every file new: also read each hash as its source wrote it, and keep its kind and bytes.

A salted list costs two SHA-256 a file more than the floor does.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from hashlib import md5
from pathlib import Path

from connectors.hash_list.reader import CsvHashList
from workbench.enrich.hash_lists import HashListNote, load_hash_list
from workbench.enrich.hash_matching import compare_hashes
from workbench.enrich.hash_salt import make_salt
from workbench.store.connection import Store

AIM = 3.0
FILES_A_REPORT = 3
MATCHING = 20  # every how many-th file stands on the list
ROUNDS = 3
LIST_IS_NEW = ("hash_list_asked", "hash_match")
ALL_IS_NEW = (*LIST_IS_NEW, "file_digest")
VERSIONS = """
INSERT INTO referral.report_version BY NAME
SELECT
    sha256(CAST(number AS VARCHAR)) AS version_id,
    'referral-' || number AS referral_id,
    1 AS version,
    'batch-1' AS batch_id,
    'file-1' AS source_file_id,
    'police_json' AS source_format,
    'cybertipline' AS source_system,
    now() AS loaded_at
FROM range($reports) AS made(number)
"""
FILES = """
INSERT INTO referral.file_record BY NAME
SELECT version_id, file_no, 'A1' AS industry_classification
FROM referral.report_version, range(1, $each + 1) AS made(file_no)
"""
# Three in four as MD5, the rest as SHA-1; some hashes on files are on the list.
HASHES = """
INSERT INTO referral.file_hash BY NAME
SELECT
    version_id,
    file_no,
    CASE WHEN hash(version_id, file_no) % 4 = 0 THEN 'SHA1' ELSE 'MD5' END AS hash_type,
    CASE
        WHEN hash_type = 'SHA1' THEN sha1(version_id || file_no)
        WHEN hash(version_id, file_no, 1) % $matching = 0
            THEN md5(CAST(hash(version_id, file_no, 2) % $listed AS VARCHAR))
        ELSE md5(version_id || file_no)
    END AS value
FROM referral.file_record
"""
FLOOR = """
CREATE OR REPLACE TABLE desk.floor AS
SELECT entry.list_id, file_hash.version_id, file_hash.file_no, entry.algorithm
FROM referral.file_hash
INNER JOIN referral.hash_list_entry AS entry
    ON lower(file_hash.hash_type) = entry.algorithm
    AND unhex(file_hash.value) = entry.digest
"""


def write_list(path: Path, listed: int) -> None:
    """Write a list of invented MD5 hashes with a header."""
    with path.open("w", encoding="utf-8") as opened:
        opened.write("MD5;note\n")
        for number in range(listed):
            opened.write(f"{md5(str(number).encode(), usedforsecurity=False).hexdigest()};x\n")


def make_files(path: Path, listed: int, files: int) -> None:
    """Fill a store with reports, files and their hashes."""
    with Store.open(path) as store:
        store.run_text(VERSIONS, {"reports": files // FILES_A_REPORT})
        store.run_text(FILES, {"each": FILES_A_REPORT})
        store.run_text(HASHES, {"matching": MATCHING, "listed": listed})


def apart(work: Callable[..., None], *given: object) -> None:
    """Run in a process of its own, so that its memory does not count."""
    child = multiprocessing.get_context("spawn").Process(target=work, args=given)
    child.start()
    child.join()
    assert child.exitcode == 0


def peak_megabytes() -> float:
    """Return the most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(folder: Path, listed: int, secret: str | None) -> None:
    """Load the list into a store without files, then compare them all at once, next to the floor."""
    name = "salted" if secret else "plain"
    path = folder / f"{name}.duckdb"
    apart(make_files, path, listed, int(sys.argv[2]) if len(sys.argv) > 2 else 3_000_000)
    salt = make_salt(secret)
    with Store.open(path) as store:
        started = time.monotonic()
        note = HashListNote("List", "known")
        sheet = load_hash_list(store, CsvHashList(folder / "list.csv"), note, salt)
        loading = time.monotonic() - started
        assert sheet.loaded == listed, sheet
        floors, lists, files = [], [], []
        for _ in range(ROUNDS):  # in turn, so that a busy moment of the machine hits all
            floors.append(seconds_of(store, FLOOR))
            lists.append(seconds_of_comparing(store, secret, LIST_IS_NEW))
            files.append(seconds_of_comparing(store, secret, ALL_IS_NEW))
        (matched,) = store.query("SELECT count(*) FROM analyst.hash_match")[1][0]
        floor, new_list, new_files = min(floors), min(lists), min(files)
        aim = "no aim: two SHA-256 a file" if secret else f"aim {AIM:.0f}"
        print(
            f"{name}: {listed:,} hashes loaded from CSV in {loading:.1f} s; {matched:,} matches, floor "
            f"{floor:.2f} s; new list {new_list:.2f} s, ratio {new_list / floor:.2f} "
            f"({aim}); all files new {new_files:.2f} s, ratio {new_files / floor:.2f}; "
            f"peak memory {peak_megabytes():,.0f} MB"
        )


def seconds_of(store: Store, text: str) -> float:
    """Run a statement."""
    started = time.monotonic()
    store.run_text(text)
    return time.monotonic() - started


def seconds_of_comparing(store: Store, secret: str | None, forgotten: Sequence[str]) -> float:
    """Forget what was compared, and compare everything."""
    for table in forgotten:
        store.run_text(f"DELETE FROM referral.{table}")  # noqa: S608 - our own names
    store.run_text("CHECKPOINT")
    started = time.monotonic()
    compare_hashes(store, make_salt(secret))
    return time.monotonic() - started


def main() -> None:
    """Measure a plain and a salted list."""
    listed = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_list(folder / "list.csv", listed)
        for secret in (None, "a long invented salt"):
            measure(folder, listed, secret)


if __name__ == "__main__":
    main()
