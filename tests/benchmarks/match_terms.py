"""Measure the search for terms against bare casefolding and splitting of the same texts.

Run: python tests/benchmarks/match_terms.py [NARRATIVES]

1,000,000 invented narratives of 60 to 200 words in five languages are written to a store on disk:
everyday words, some 40,000 invented ones by a law of frequency as in real texts, names, numbers,
misspellings, and in one text of ten a sentence with a term. The search is what follows every import:
texts are read from the store as a stream, searched, and what was found is written back. The floor
reads the same stream and does `text.casefold().split()`: what any look at the words must do first.
Each runs in one process, and the ratio is of processor seconds, so that a busy machine does not blur
it; the rate is by the clock. The search's peak memory is printed.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from rules.term_lists import load_term_lists
from workbench.enrich.text_signals import TEXTS_IN_A_BATCH, find_text_signals
from workbench.model.terms import Term, TermList, TermLists
from workbench.store.connection import Store

AIM = 8.0
MEMORY_AIM_MB = 1024
SENTENCES = 30_000  # of each language; narratives are put together from them
SYLLABLES = [
    "ba",
    "de",
    "fi",
    "go",
    "hu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "vo",
    "ly",
    "sta",
    "kri",
    "dre",
    "flo",
    "ske",
    "bra",
    "gro",
    "ny",
    "æ",
    "ø",
    "å",
    "ij",
    "eu",
]
INSERT = """
INSERT INTO referral.text_block BY NAME
SELECT version_id, 1 AS text_no, 'additional_info' AS kind, false AS is_boilerplate, content
FROM made
"""


class Writer:
    """Invents narratives; the seed is all that decides them."""

    def __init__(self, lists: TermLists, seed: int = 11) -> None:
        self._random = random.Random(seed)  # noqa: S311 - invented texts, no secret
        self._pools = [
            self._pool(words, [term for term in lists.lists if term.language == language])
            for language, words in lists.everyday_words.items()
        ]

    def narratives(self, count: int) -> Iterator[str]:
        for _ in range(count):
            pool, with_terms = self._random.choice(self._pools)
            chosen = self._random.choices(pool, k=self._random.randint(5, 15))
            if self._random.random() < 0.1:
                chosen.insert(len(chosen) // 2, self._random.choice(with_terms))
            yield " ".join(chosen)

    def _pool(
        self, everyday: tuple[str, ...], lists: list[TermList]
    ) -> tuple[list[str], list[str]]:
        rare = list(dict.fromkeys(self._word() for _ in range(9_000)))
        words = [*everyday, *rare]
        weights = [1 / (rank + 3) for rank in range(len(words))]
        sentences = []
        for _ in range(SENTENCES):
            drawn = self._random.choices(words, weights, k=self._random.randint(8, 17))
            sentences.append(self._sentence(drawn))
        terms = [self._example(term) for entry in lists for term in entry.terms]
        return sentences, [
            self._sentence(
                [*self._random.choices(words, weights, k=6), *self._random.choice(terms)]
            )
            for _ in range(3_000)
        ]

    def _sentence(self, words: list[str]) -> str:
        extra = self._random.random()
        if extra < 0.2:
            words.insert(3, self._word().capitalize() + str(self._random.randint(1, 9999)))
        elif extra < 0.3:
            place = self._random.randrange(len(words))
            words[place] = words[place][:3] + words[place][2:]
        separator = ", " if extra > 0.9 else " "
        return (
            " ".join(words[:4]).capitalize()
            + separator
            + " ".join(words[4:])
            + self._random.choice("..?!")
        )

    def _word(self) -> str:
        return "".join(self._random.choices(SYLLABLES, k=self._random.randint(2, 4)))

    def _example(self, term: Term) -> list[str]:
        return [self._random.choice(slot.forms) for slot in term.slots]


def build(path: Path, count: int, lists: TermLists) -> None:
    writer = Writer(lists)
    with Store.open(path) as store:
        for start in range(0, count, 20_000):
            texts = list(writer.narratives(min(20_000, count - start)))
            ids = [f"{number:064x}" for number in range(start, start + len(texts))]
            table = pa.table({"version_id": ids, "content": texts})
            with store.transaction(), store.columns("made", table):
                store.run_text(INSERT)


def floor(store: Store) -> float:
    """Processor seconds for reading the stream, casefolding and splitting."""
    started = time.process_time()
    words = 0
    params = {"lists_hash": "none yet"}
    for texts in store.batches("enrich/list_texts_to_scan", params, TEXTS_IN_A_BATCH):
        for text in texts.column("content").to_pylist():
            words += len(text.casefold().split())
    seconds = time.process_time() - started
    print(f"  {words:,} words", file=sys.stderr)
    return seconds


def search(path: Path) -> dict[str, float]:
    """Search in this process alone, so that its peak memory is the search's."""
    lists = load_term_lists()
    with Store.open(path) as store:
        started, worked = time.perf_counter(), time.process_time()
        asked = find_text_signals(store, lists)
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        again = time.perf_counter()
        assert find_text_signals(store, lists) == 0
        nothing_new = time.perf_counter() - again
        found = store.rows_of(
            "SELECT count(*) AS places, count(DISTINCT version_id) AS texts FROM referral.text_signal"
        )[0]
    return {
        "asked": asked,
        "seconds": seconds,
        "worked": worked,
        "again": nothing_new,
        "peak_mb": peak,
        **found,
    }


def main() -> int:
    if len(sys.argv) == 3 and sys.argv[1] == "--search":
        print(json.dumps(search(Path(sys.argv[2]))))
        return 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    lists = load_term_lists()
    terms = sum(len(entry.terms) for entry in lists.lists)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "terms.duckdb"
        build(path, count, lists)
        with Store.open(path) as store:
            bare = floor(store)
        command = [sys.executable, __file__, "--search", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    ratio = found["worked"] / bare
    print(f"{count:,} narratives, {len(lists.lists)} lists, {terms} terms")
    print(f"floor (read, casefold, split): {bare:.1f} processor s")
    print(
        f"search: {found['worked']:.1f} processor s, {found['seconds']:.1f} s by the clock, "
        f"{count / found['seconds']:,.0f} texts/s"
    )
    print(f"        {found['texts']:,} texts with {found['places']:,} places")
    print(f"again, nothing new: {found['again']:.2f} s")
    print(f"peak memory: {found['peak_mb']:.0f} MB (aim {MEMORY_AIM_MB})")
    print(f"ratio: {ratio:.1f} (aim {AIM})")
    return 0 if ratio <= AIM and found["peak_mb"] <= MEMORY_AIM_MB else 1


if __name__ == "__main__":
    sys.exit(main())
