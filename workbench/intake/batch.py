"""Pieces -> the store, in one transaction: whole referrals or nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from workbench.errors import RecordRejectedError, RowsRefusedError, SourceLocation
from workbench.intake.piece import Piece
from workbench.intake.typing_rows import joined, whole
from workbench.model.tables import TABLES
from workbench.store.connection import Store

# What is in memory twice while it is written; a batch of huge reports would not fit.
MOST_BYTES: Final = 32 * 1024 * 1024
_MOST_LISTED: Final = 20_000  # files, rejections and things set aside
# Entries of the count sheet, by the statement that adds them.
_REJECTION: Final = ("file", "location", "code", "message", "remedy")
_SET_ASIDE: Final = {"file": pa.string(), "kind": pa.string(), "byte_count": pa.int64()}
_LISTED: Final = {
    "rejections": pa.schema(dict.fromkeys(_REJECTION, pa.string())),
    "set_aside": pa.schema(_SET_ASIDE | {"reason": pa.string()}),
}

Tables = Mapping[str, pa.Table]


@dataclass(slots=True)
class BatchOutcome:
    """How many of a batch's records were which."""

    loaded: int = 0
    new_versions: int = 0
    duplicates: int = 0
    refused: list[RecordRejectedError] = field(default_factory=list)


class Batch:
    """Pieces waiting to be written together, and what is listed of them."""

    def __init__(self, batch_id: str) -> None:
        """Begin one of an import that the store knows by `batch_id`."""
        self._batch_id = batch_id
        self._pieces: list[Tables] = []
        self._lists: dict[str, list[pa.Table]] = defaultdict(list)
        self._bytes = 0
        self._record_count = 0
        self._listed_count = 0

    def add(self, piece: Piece) -> None:
        """Take a piece's records and files in."""
        self._pieces.append(piece.tables)
        self._lists["source_files"].append(piece.files)
        self._bytes += piece.byte_count
        self._record_count += piece.record_count
        self._listed_count += piece.files.num_rows

    def put_on_list(self, name: str, entries: Sequence[Mapping[str, object]]) -> None:
        """Take in entries of the count sheet; as columns, which take less memory."""
        if entries:
            rows = pa.Table.from_pylist(entries, _LISTED[name])
            batch_id = pa.repeat(self._batch_id, len(entries))
            self._lists[name].append(rows.append_column("batch_id", batch_id))
            self._listed_count += len(entries)

    def is_enough(self, most_records: int) -> bool:
        """Say whether it is time to write."""
        return (
            self._record_count >= most_records
            or self._listed_count >= _MOST_LISTED
            or self._bytes >= MOST_BYTES
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self._record_count and not self._listed_count

    def write(self, store: Store, *, loaded_at: datetime) -> BatchOutcome:
        """Write what is new; return what was new, changed, known and refused by the store."""
        outcome = BatchOutcome()
        # Two imports at once would each find that the other's reports are not there yet.
        with store.gate.turn:
            _Writing(store, loaded_at, outcome).write(
                lambda: self._new_tables(store), self._whole_lists()
            )
        outcome.duplicates = self._record_count - (
            outcome.loaded + outcome.new_versions + len(outcome.refused)
        )
        return outcome

    def _whole_lists(self) -> Tables:
        lists = {name: pa.concat_tables(parts) for name, parts in self._lists.items()}
        return {name: rows for name, rows in lists.items() if rows.num_rows}

    def _new_tables(self, store: Store) -> Tables:
        """Return the rows of every version that neither the store nor an earlier piece has."""
        versions = [
            tables["report"]["version_id"].to_pylist() if tables else [] for tables in self._pieces
        ]
        seen = _known_versions(store, [one for each in versions for one in each])
        parts: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
        for tables, its_versions in zip(self._pieces, versions, strict=True):
            new = [version for version in its_versions if version not in seen]
            seen.update(new)
            kept = tables if len(new) == len(its_versions) else _only(tables, new)
            for name, rows in kept.items():
                parts[name].append(rows)
        return {name: whole(name, joined(name, part)) for name, part in parts.items() if part}


@dataclass(slots=True)
class _Writing:
    """Writes tables in one transaction; what the store refuses is cut down to the guilty record."""

    store: Store
    loaded_at: datetime
    outcome: BatchOutcome

    def write(self, choose: Callable[[], Tables], lists: Tables) -> None:
        """Write lists and the tables that `choose` returns inside the transaction."""
        try:
            with self.store.transaction():
                for name, rows in lists.items():
                    self._insert(name, "staged_row", rows)
                tables = choose()
                first = self._insert_records(tables)
        except RowsRefusedError as error:
            self._write_apart(choose(), lists, error)
        else:
            self.outcome.loaded += first
            self.outcome.new_versions += _count(tables) - first

    def _write_apart(self, tables: Tables, lists: Tables, error: RowsRefusedError) -> None:
        """Write the lists first, for the records refer to the files, then each half by itself."""
        if lists:
            if not _count(tables):
                raise error
            self.write(dict, lists)
        versions = tables["report"]["version_id"].to_pylist()
        if not lists and len(versions) == 1:
            self.outcome.refused.append(_refusal(tables["report"]))
            return
        middle = len(versions) // 2
        for half in (versions[:middle], versions[middle:]):
            if half:
                self.write(partial(_only, tables, half), {})

    def _insert_records(self, tables: Tables) -> int:
        """Insert versions and their rows; return how many are the first of their referral."""
        if not _count(tables):
            return 0
        with self.store.columns("staged_report", _counted_within(tables["report"])):
            self.store.run("intake/add_report_versions", {"loaded_at": self.loaded_at})
            [counted] = self.store.rows("intake/count_first_versions")
        for name, rows in tables.items():
            if name != "report":
                self._insert(name, "staged_row", rows)
        return int(counted["first_versions"])

    def _insert(self, what: str, name: str, rows: pa.Table) -> None:
        params = {"loaded_at": self.loaded_at} if what == "recorded_decision" else {}
        with self.store.columns(name, rows):
            self.store.run(f"intake/add_{what}", params)


def _known_versions(store: Store, version_ids: list[str]) -> set[str]:
    if not version_ids:
        return set()
    with store.columns("staged_version", pa.table({"version_id": version_ids})):
        return {row["version_id"] for row in store.rows("intake/list_known_versions")}


def _count(tables: Tables) -> int:
    return int(tables["report"].num_rows) if "report" in tables else 0


def _only(tables: Tables, version_ids: list[str]) -> Tables:
    """Return the rows of these versions."""
    wanted = pa.array(version_ids, pa.string())
    return {
        name: rows.filter(pc.is_in(rows["version_id"], value_set=wanted))
        for name, rows in tables.items()
    }


def _counted_within(reports: pa.Table) -> pa.Table:
    """Add the how-manieth of its referral each version is.

    Counted here: a window function over such wide rows took half of their INSERT.
    """
    met: Counter[str] = Counter()
    nth = []
    for referral in reports["referral_id"].to_pylist():
        met[referral] += 1
        nth.append(met[referral])
    return reports.append_column("nth_of_referral", pa.array(nth, pa.int32()))


def _refusal(report: pa.Table) -> RecordRejectedError:
    [row] = report.select(["file_name", "source_path"]).to_pylist()
    return RecordRejectedError(
        "The store does not take a value of this report.",
        code="cannot_be_kept",
        remedy="Please report this as a defect; the file can stay where it is.",
        location=SourceLocation(row["file_name"], row["source_path"] or ""),
    )
