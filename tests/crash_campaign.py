"""Kills an import many times and says what was seen: `make crash`."""

import random
import sys
import tempfile
from pathlib import Path

from tests.crash import import_undisturbed, kill_and_finish, write_inbox


def main(kills: int, seed: int) -> None:
    """Kill an import many times and say what was seen."""
    choose = random.Random(seed)  # noqa: S311 - seeded on purpose
    with tempfile.TemporaryDirectory() as name:
        folder = write_inbox(Path(name) / "in")
        undisturbed, seconds = import_undisturbed(folder, Path(name) / "undisturbed.duckdb")
        print(f"undisturbed: {len(undisturbed['report_version'])} versions in {seconds:.1f} s")
        seen: list[tuple[int, bool]] = []
        killed = 0
        while killed < kills:
            path = Path(name) / f"{len(seen)}.duckdb"
            readers = choose.choice([1, 2])
            longest = seconds if readers == 1 else 2 * seconds  # others have to be started
            moments = [choose.uniform(0, longest) for _ in range(choose.randint(1, 4))]
            seen += kill_and_finish(folder, path, undisturbed, moments, readers)
            path.unlink()
            killed = sum(was_killed for _, was_killed in seen)
            print(f"killed {killed} of {kills}", end="\r", file=sys.stderr, flush=True)
        whole = len(undisturbed["report_version"])
        inside = sum(1 for versions, killed in seen if killed and 0 < versions < whole)
        print(f"{len(seen)} kills, {killed} before the end, {inside} with part of it written")
        print("every store opened, held whole referrals only, and ended with the same content")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1
    )
