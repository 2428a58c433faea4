"""One batch of records -> the store, in one transaction: whole referrals or nothing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import orjson
import pyarrow as pa

from workbench.errors import RecordRejectedError
from workbench.intake.columns import typed_columns
from workbench.intake.folders import FileOpened
from workbench.model.record import SourceRecord, SourceRow
from workbench.model.tables import TABLES
from workbench.model.vocabulary import Disposition, Reason
from workbench.normalise.blank import blank_kind
from workbench.normalise.report_number import normalise_report_number
from workbench.store.connection import Store

_CHILD_TABLES = tuple(name for name in TABLES if name not in {"report", "recorded_decision"})


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """How many of a batch's records were which."""

    loaded: int
    new_versions: int
    duplicates: int


@dataclass(slots=True)
class Batch:
    """Records and files waiting to be written together."""

    batch_id: str
    records: list[SourceRecord] = field(default_factory=list)
    files: list[FileOpened] = field(default_factory=list)

    def write(self, store: Store, *, loaded_at: datetime) -> BatchOutcome:
        """Write what is new; return what was new, changed and known."""
        records = {_version_id(record): record for record in reversed(self.records)}
        with store.transaction():
            for version_id in _known_versions(store, list(records)):
                del records[version_id]
            self._write_files(store)
            loaded = _write_records(store, self.batch_id, records, loaded_at) if records else 0
        return BatchOutcome(
            loaded=loaded,
            new_versions=len(records) - loaded,
            duplicates=len(self.records) - len(records),
        )

    def _write_files(self, store: Store) -> None:
        if self.files:
            with store.columns("staged_row", _file_columns(self.batch_id, self.files)):
                store.run("intake/add_source_files")


def source_file_id(batch_id: str, file_name: str) -> str:
    """Return the key of one file in one import."""
    return _digest(f"{batch_id}|{file_name}".encode())


def check_record(record: SourceRecord) -> None:
    """Bring the report number into its one spelling and refuse what the store must not hold.

    Raises:
        RecordRejectedError: A stated decision is not one we know.
    """
    number = record.report_number
    if number is not None:
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


def _version_id(record: SourceRecord) -> str:
    """Return a hash of what the record says; where it stood in which file does not count.

    Takes the rows' `_path` away and keeps it in `record.paths`.
    """
    record.paths = {
        table: [row.pop("_path", None) for row in rows] for table, rows in record.rows.items()
    }
    said = [record.source_format, record.report_number, record.rows]
    try:
        return _digest(orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
    except TypeError:  # lone surrogates, which only the standard library writes
        return _digest(json.dumps(said, sort_keys=True).encode())


def _known_versions(store: Store, version_ids: list[str]) -> list[str]:
    with store.columns("staged_version", pa.table({"version_id": version_ids})):
        return [row["version_id"] for row in store.rows("intake/list_known_versions")]


def _referral_id(record: SourceRecord, version_id: str) -> str:
    number = record.report_number
    key = f"{record.source_system}|{number}" if number else f"content|{version_id}"
    return _digest(key.encode("utf-8", "surrogatepass"))


def _write_records(
    store: Store, batch_id: str, records: dict[str, SourceRecord], loaded_at: datetime
) -> int:
    """Write new versions; return how many of them are the first of their referral."""
    ordered = dict(reversed(records.items()))
    with store.columns("staged_report", _report_columns(batch_id, ordered)):
        store.run("intake/add_report_versions", {"loaded_at": loaded_at})
        [counted] = store.rows("intake/count_first_versions")
    for table in _CHILD_TABLES:
        staged = _staged_rows(table, ordered)
        if staged is not None:
            with store.columns("staged_row", staged):
                store.run(f"intake/add_{table}")
    decisions = _staged_rows("recorded_decision", ordered)
    if decisions is not None:
        with store.columns("staged_row", decisions):
            store.run("intake/add_recorded_decision", {"loaded_at": loaded_at})
    return int(counted["first_versions"])


def _report_columns(batch_id: str, records: dict[str, SourceRecord]) -> pa.Table:
    listed = list(records.values())
    rows = [record.rows["report"][0] for record in listed]
    columns = typed_columns("report", rows, [record.paths["report"][0] for record in listed])
    texts = {
        "version_id": list(records),
        "referral_id": [_referral_id(record, key) for key, record in records.items()],
        "batch_id": [batch_id] * len(listed),
        "source_file_id": [source_file_id(batch_id, r.location.file) for r in listed],
        "source_format": [record.source_format for record in listed],
        "source_system": [record.source_system for record in listed],
        "report_number": [record.report_number for record in listed],
        "report_number_source": [record.report_number_source for record in listed],
    }
    columns |= {name: pa.array(values, pa.string()) for name, values in texts.items()}
    columns["position"] = pa.array(range(len(listed)), pa.int64())
    return _filled("report", columns)


def _staged_rows(table: str, records: dict[str, SourceRecord]) -> pa.Table | None:
    """Return the rows of one table of all records as columns; None when there are none."""
    rows: list[SourceRow] = []
    paths: list[str | None] = []
    version_ids: list[str] = []
    for version_id, record in records.items():
        own = record.rows.get(table)
        if own:
            rows += own
            paths += record.paths[table]
            version_ids += [version_id] * len(own)
    if not rows:
        return None
    columns = typed_columns(table, rows, paths)
    columns["version_id"] = pa.array(version_ids, pa.string())
    return _filled(table, columns)


@cache
def _template(table: str) -> dict[str, pa.DataType]:
    """Return every column a table can have, with its type."""
    empty = typed_columns(table, [dict.fromkeys(TABLES[table])], [None])
    return {name: column.type for name, column in empty.items()}


def _filled(table: str, columns: dict[str, pa.Array]) -> pa.Table:
    """Return a table with every column of its kind: one INSERT statement fits all batches."""
    length = len(columns["version_id"])
    missing = {
        name: pa.nulls(length, kind)
        for name, kind in _template(table).items()
        if name not in columns
    }
    return pa.table(columns | missing)


def _file_columns(batch_id: str, files: Sequence[FileOpened]) -> pa.Table:
    listed: list[dict[str, Any]] = [
        {
            "source_file_id": source_file_id(batch_id, opened.file.name),
            "batch_id": batch_id,
            "file_name": opened.file.name,
            "source_format": opened.source_format or "not read",
            "byte_count": len(opened.file.content),
            "sha256": hashlib.sha256(opened.file.content).hexdigest(),
        }
        for opened in files
    ]
    return pa.Table.from_pylist(listed)
