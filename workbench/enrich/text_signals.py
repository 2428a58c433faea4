"""Asks the term lists in force about every text that has not been asked about them yet.

Texts are read as a stream and answered in batches, each written whole or not at all: what an
interrupted run has answered stays, and the next one goes on from there. Words of a list are stored
with the place where they were found, and never logged.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import pyarrow as pa

from workbench.enrich.text_signals_matcher import TextMatcher, TextResult
from workbench.model.terms import Signal, TermList, TermLists
from workbench.store.connection import Store

# Bounds the memory: a batch of long narratives is some tens of megabytes.
TEXTS_IN_A_BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class TermListView:
    """A term list as the Lists page shows it: says who, as of when, and no word of it."""

    list_id: str
    language: str
    signal: str
    list_version: int
    dated_on: date
    source: str
    is_own: bool
    term_count: int
    recorded_at: datetime  # when texts were first asked about this set of lists
    referral_count: int  # in how many referrals' newest versions something of it stands


def list_term_lists(store: Store) -> list[TermListView]:
    """Return the lists in force when texts were last asked; the unit's own last."""
    return [TermListView(**row) for row in store.rows("enrich/list_term_lists")]


def find_text_signals(store: Store, lists: TermLists) -> int:
    """Ask about every text not yet asked; return how many there were.

    A version assessed before is assessed again where the answer on one of its texts changed.
    """
    _record_lists(store, lists)
    asked = 0
    matcher: TextMatcher | None = None
    # A cursor of its own: writing a batch would end a stream read on the same one.
    with store.cursor() as reading:
        params = {"lists_hash": lists.hash}
        for texts in reading.batches("enrich/list_texts_to_scan", params, TEXTS_IN_A_BATCH):
            matcher = matcher or TextMatcher(lists)
            _answer(store, texts, matcher, lists.hash)
            asked += texts.num_rows
    return asked


def _answer(store: Store, texts: pa.RecordBatch, matcher: TextMatcher, lists_hash: str) -> None:
    """Find the terms in a batch of texts and write what was found."""
    answers: dict[str, TextResult] = {}  # the same text stands in many reports
    results = []
    for content in texts.column("content").to_pylist():
        result = answers.get(content)
        if result is None:
            result = answers[content] = matcher.search(content)
        results.append(result)
    when = {"scanned_at": datetime.now(UTC)}
    whole = {**when, "lists_hash": lists_hash}
    scans, signals = _scan_rows(texts, results), _signal_rows(texts, results)
    with (
        store.transaction(),
        store.columns("staged_scan", scans),
        store.columns("staged_signal", signals),
    ):
        store.run("enrich/add_text_evidence_changes", when)
        store.run("enrich/add_text_scans", whole)
        store.run("enrich/add_text_signals", whole)


_KEYS: Final = ("version_id", "kind", "text_no")


def _scan_rows(texts: pa.RecordBatch, results: list[TextResult]) -> pa.Table:
    columns = {key: texts.column(key) for key in _KEYS}
    columns["is_readable"] = pa.array([result.is_readable for result in results], pa.bool_())
    columns["signals"] = pa.array([_signals(result) for result in results], pa.list_(pa.string()))
    return pa.table(columns)


def _signals(result: TextResult) -> list[Signal]:
    return sorted({hit.term_list.signal for hit in result.hits})


def _signal_rows(texts: pa.RecordBatch, results: list[TextResult]) -> pa.Table:
    hits = [(row, hit) for row, result in enumerate(results) for hit in result.hits]
    rows = pa.array([row for row, _ in hits], pa.int32())
    columns = {key: texts.column(key).take(rows) for key in _KEYS}
    text, number = pa.string(), pa.int32()
    columns["list_id"] = pa.array([hit.term_list.list_id for _, hit in hits], text)
    columns["signal"] = pa.array([str(hit.term_list.signal) for _, hit in hits], text)
    columns["language"] = pa.array([hit.term_list.language for _, hit in hits], text)
    columns["term"] = pa.array([hit.term.text for _, hit in hits], text)
    columns["start_letter"] = pa.array([hit.start for _, hit in hits], number)
    columns["end_letter"] = pa.array([hit.end for _, hit in hits], number)
    columns["distance"] = pa.array([hit.distance for _, hit in hits], number)
    return pa.table(columns)


def _record_lists(store: Store, lists: TermLists) -> None:
    columns = pa.Table.from_pylist([_list_row(entry) for entry in lists.lists], schema=_LISTS)
    params = {"lists_hash": lists.hash, "recorded_at": datetime.now(UTC)}
    with store.transaction(), store.columns("staged_list", columns):
        store.run("enrich/add_term_lists", params)


def _list_row(entry: TermList) -> dict[str, object]:
    return {
        "list_id": entry.list_id,
        "list_hash": entry.hash,
        "language": entry.language,
        "signal": str(entry.signal),
        "list_version": entry.version,
        "dated_on": entry.dated_on,
        "source": entry.source,
        "is_own": entry.is_own,
        "term_count": len(entry.terms),
    }


_LISTS: Final = pa.schema(
    [
        ("list_id", pa.string()),
        ("list_hash", pa.string()),
        ("language", pa.string()),
        ("signal", pa.string()),
        ("list_version", pa.int32()),
        ("dated_on", pa.date32()),
        ("source", pa.string()),
        ("is_own", pa.bool_()),
        ("term_count", pa.int32()),
    ]
)
