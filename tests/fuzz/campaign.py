"""A fuzz campaign over every reader: `make fuzz`, or `make fuzz SECONDS=3600` for a long one.

Each reader gets its share of the time in a process of its own, held to a memory limit and a time
limit for one input. What breaks a promise is kept as a file in `.fuzz/`, and the campaign fails.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.lists import list_seeds
from tests.fuzz.seeds import PACKAGE, WORDS, seeds

MEMORY_MB = 1024
INPUT_SECONDS = 20
IMPORT = "import"
# The system counts the memory of who starts a process as that process's own first peak.
_THROUGH_A_SMALL_PROCESS = (
    sys.executable,
    "-c",
    "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))",
)
_STATISTIC = re.compile(r"^stat::(\w+):\s+(\d+)", re.MULTILINE)
_ROOT = Path(__file__).parents[2]
_KEPT = _ROOT / ".fuzz"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reader went through. `finding` None: nothing was found."""

    source_format: str
    executions: int
    slowest_seconds: int
    peak_mb: int
    finding: str | None


def targets() -> list[str]:
    """Return every reader there are seeds for, and the import as a whole."""
    return [*sorted(name for name in seeds() if name != PACKAGE), *list_seeds(), IMPORT]


def run(source_format: str, *, seconds: int, runs: int, seed: int, keep: Path = _KEPT) -> Outcome:
    """Fuzz one reader, or the import, until the time or the number of inputs is used up."""
    keep.mkdir(parents=True, exist_ok=True)
    if source_format == IMPORT:
        limits = (str(keep), str(seconds), str(runs), str(seed))
        return _outcome(source_format, (sys.executable, "-m", "tests.fuzz.importing", *limits))
    with TemporaryDirectory() as name:
        corpus = _write_corpus(Path(name), source_format)
        return _outcome(
            source_format,
            (
                *(sys.executable, "-m", "tests.fuzz.target", source_format, name),
                *(f"-max_total_time={seconds}", f"-runs={runs}", f"-seed={seed}"),
                *(f"-rss_limit_mb={MEMORY_MB}", f"-timeout={INPUT_SECONDS}", "-max_len=32000"),
                *("-print_final_stats=1", f"-dict={name}/words.dict"),
                *(f"-artifact_prefix={keep}/{source_format}-", str(corpus)),
            ),
        )


def _outcome(source_format: str, command: Sequence[str]) -> Outcome:
    found = subprocess.run(
        [*_THROUGH_A_SMALL_PROCESS, *command],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        cwd=_ROOT,
    )
    statistics = {key: int(value) for key, value in _STATISTIC.findall(found.stderr)}
    peak_mb = statistics.get("peak_rss_mb", 0)
    is_breach = found.returncode != 0 or peak_mb > MEMORY_MB
    return Outcome(
        source_format,
        statistics.get("number_of_executed_units", 0),
        statistics.get("slowest_unit_time_sec", 0),
        peak_mb,
        found.stderr[-3000:] if is_breach else None,
    )


def _write_corpus(folder: Path, source_format: str) -> Path:
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, content in enumerate((seeds() | list_seeds())[source_format]):
        (corpus / f"{number:03}").write_bytes(content)
    words = ("".join(f"\\x{byte:02x}" for byte in word) for word in WORDS)
    (folder / "words.dict").write_text("".join(f'"{word}"\n' for word in words), encoding="ascii")
    return corpus


def main(seconds: int, seed: int) -> None:
    """Share the time among the readers and say what was seen."""
    names = targets()
    share = max(seconds // len(names), 1)
    print(f"{len(names)} targets, {share} s each, seed {seed}")
    outcomes = [run(name, seconds=share, runs=10**9, seed=seed) for name in names]
    for outcome in outcomes:
        print(
            f"{outcome.source_format:20} {outcome.executions:>9,} executions, "
            f"slowest {outcome.slowest_seconds} s, peak {outcome.peak_mb} MB, "
            f"{'FINDING' if outcome.finding else 'no finding'}"
        )
    print(f"{sum(outcome.executions for outcome in outcomes):,} executions in all")
    for outcome in outcomes:
        if outcome.finding:
            print(f"\n{outcome.source_format}:\n{outcome.finding}")
    sys.exit(any(outcome.finding for outcome in outcomes))


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 600, int(sys.argv[2]) if len(sys.argv) > 2 else 1
    )
