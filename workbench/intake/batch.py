"""One batch of records -> the store, in one transaction: whole referrals or nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

import orjson
import pyarrow as pa

from workbench.errors import RecordRejectedError
from workbench.intake.columns import typed_columns
from workbench.intake.folders import FileOpened
from workbench.intake.staging import StagedRows
from workbench.model.record import SourceRecord, SourceRow
from workbench.model.tables import TABLES
from workbench.model.vocabulary import Disposition, Reason
from workbench.normalise.blank import blank_kind
from workbench.normalise.report_number import normalise_report_number
from workbench.store.connection import Store

_FILE_COLUMNS: Final = pa.schema(
    [
        ("source_file_id", pa.string()),
        ("batch_id", pa.string()),
        ("file_name", pa.string()),
        ("source_format", pa.string()),
        ("byte_count", pa.int64()),
        ("sha256", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """How many of a batch's records were which."""

    loaded: int
    new_versions: int
    duplicates: int


class Batch:
    """Records and files waiting to be written together.

    A record is turned into a few tuples the moment it is read, while it is in the processor's
    cache; `StagedRows` says why.
    """

    def __init__(self, batch_id: str) -> None:
        self.record_count = 0
        self._batch_id = batch_id
        self._records: dict[str, dict[str, str | None]] = {}  # version -> what intake knows of it
        self._files: dict[str, list[str | int]] = {name: [] for name in _FILE_COLUMNS.names}
        self._staged = {table: StagedRows() for table in TABLES}

    @property
    def file_count(self) -> int:
        """How many files were opened for this batch."""
        return len(self._files["file_name"])

    def add_file(self, opened: FileOpened) -> None:
        """Take note of a file; its content is not held."""
        file, columns = opened.file, self._files
        columns["source_file_id"].append(source_file_id(self._batch_id, file.name))
        columns["batch_id"].append(self._batch_id)
        columns["file_name"].append(file.name)
        columns["source_format"].append(opened.source_format or "not read")
        columns["byte_count"].append(len(file.content))
        columns["sha256"].append(hashlib.sha256(file.content).hexdigest())

    def add(self, record: SourceRecord) -> None:
        """Take a record in; one that says the same as another of the batch is only counted."""
        self.record_count += 1
        paths = _take_paths(record)
        version_id = _version_id(record)
        if version_id in self._records:
            return
        self._records[version_id] = self._facts_of(record, version_id)
        for table, rows in record.rows.items():
            self._staged[table].add(version_id, rows, paths[table])

    def write(self, store: Store, *, loaded_at: datetime) -> BatchOutcome:
        """Write what is new; return what was new, changed and known."""
        with store.transaction():
            self._forget(_known_versions(store, list(self._records)))
            self._write_files(store)
            loaded = self._write_records(store, loaded_at) if self._records else 0
        return BatchOutcome(
            loaded=loaded,
            new_versions=len(self._records) - loaded,
            duplicates=self.record_count - len(self._records),
        )

    def _facts_of(self, record: SourceRecord, version_id: str) -> dict[str, str | None]:
        return {
            "referral_id": _referral_id(record, version_id),
            "batch_id": self._batch_id,
            "source_file_id": source_file_id(self._batch_id, record.location.file),
            "source_format": record.source_format,
            "source_system": record.source_system,
            "report_number": record.report_number,
            "report_number_source": record.report_number_source,
        }

    def _forget(self, version_ids: frozenset[str]) -> None:
        if not version_ids:
            return
        for version_id in version_ids:
            del self._records[version_id]
        for staged in self._staged.values():
            staged.drop(version_ids)

    def _write_files(self, store: Store) -> None:
        if self.file_count:
            with store.columns("staged_row", pa.table(self._files, _FILE_COLUMNS)):
                store.run("intake/add_source_files")

    def _write_records(self, store: Store, loaded_at: datetime) -> int:
        """Write new versions; return how many of them are the first of their referral."""
        facts = list(self._records.values())
        versions = typed_columns("report", self._staged.pop("report").columns())
        with store.columns("staged_report", _report_columns(versions, facts)):
            store.run("intake/add_report_versions", {"loaded_at": loaded_at})
            [counted] = store.rows("intake/count_first_versions")
        for table, staged in self._staged.items():
            source = staged.columns()
            if source.length:
                rows = _filled(table, typed_columns(table, source))
                params = {"loaded_at": loaded_at} if table == "recorded_decision" else {}
                with store.columns("staged_row", rows):
                    store.run(f"intake/add_{table}", params)
        return int(counted["first_versions"])


def source_file_id(batch_id: str, file_name: str) -> str:
    """Return the key of one file in one import."""
    return _digest(f"{batch_id}|{file_name}".encode())


def check_record(record: SourceRecord) -> None:
    """Bring the report number into its one spelling and refuse what the store must not hold.

    Raises:
        RecordRejectedError: A stated decision is not one we know.
    """
    number = record.report_number
    # Bare digits, as nearly all are, are that spelling already.
    if number is not None and not (number.isascii() and number.isdigit()):
        record.report_number = None if blank_kind(number) else normalise_report_number(number)
    for row in record.rows.get("recorded_decision", ()):
        _check_decision(record, row)


def _check_decision(record: SourceRecord, row: SourceRow) -> None:
    for column, allowed in (("disposition", Disposition), ("reason_code", Reason)):
        value = row.get(column)
        if blank_kind(value) is None and value not in list(allowed):
            raise RecordRejectedError(
                f"The stated {column.replace('_', ' ')} is not one the workbench knows.",
                code=f"unknown_{column}",
                remedy=f"Map it to one of: {', '.join(allowed)}.",
                location=record.location,
            )


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _take_paths(record: SourceRecord) -> dict[str, list[str | None]]:
    """Take away and return where each row stood."""
    return {table: [row.pop("_path", None) for row in rows] for table, rows in record.rows.items()}


def _version_id(record: SourceRecord) -> str:
    """Return a hash of what the record says; where it stood in which file does not count."""
    said = [record.source_format, record.report_number, record.rows]
    try:
        return _digest(orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
    except TypeError:  # lone surrogates, which only the standard library writes
        return _digest(json.dumps(said, sort_keys=True).encode())


def _known_versions(store: Store, version_ids: list[str]) -> frozenset[str]:
    with store.columns("staged_version", pa.table({"version_id": version_ids})):
        return frozenset(row["version_id"] for row in store.rows("intake/list_known_versions"))


def _referral_id(record: SourceRecord, version_id: str) -> str:
    number = record.report_number
    key = f"{record.source_system}|{number}" if number else f"content|{version_id}"
    return _digest(key.encode("utf-8", "surrogatepass"))


def _report_columns(versions: pa.Table, facts: list[dict[str, str | None]]) -> pa.Table:
    columns = dict(zip(versions.column_names, versions.columns, strict=True))
    for name in facts[0]:
        columns[name] = pa.array([fact[name] for fact in facts], pa.string())
    # Counted here: a window function over such wide rows took half of their INSERT.
    met: Counter[str | None] = Counter()
    nth = []
    for fact in facts:
        met[fact["referral_id"]] += 1
        nth.append(met[fact["referral_id"]])
    columns["nth_of_referral"] = pa.array(nth, pa.int32())
    return _filled("report", pa.table(columns))


@cache
def _template(table: str) -> dict[str, pa.DataType]:
    """Return every column a table can have, with its type."""
    every = StagedRows()
    every.add("", [dict.fromkeys(TABLES[table])], [None])
    empty = typed_columns(table, every.columns())
    return {field.name: field.type for field in empty.schema}


def _filled(table: str, rows: pa.Table) -> pa.Table:
    """Return a table with every column of its kind: one INSERT statement fits all batches."""
    for name, kind in _template(table).items():
        if name not in rows.column_names:
            rows = rows.append_column(name, pa.nulls(len(rows), kind))
    return rows
