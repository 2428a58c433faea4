"""One batch of records -> the store, in one transaction: whole referrals or nothing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
        staged = _stage(self.batch_id, self.records)
        with store.transaction(), store.columns("staged_report", staged.reports):
            if self.files:
                with store.columns("staged_file", _file_columns(self.batch_id, self.files)):
                    store.run("intake/add_source_files")
            store.run("intake/stage_new_versions")
            counted = store.rows("intake/count_staged_reports")[0]
            store.run("intake/add_report_versions", {"loaded_at": loaded_at})
            for table in _CHILD_TABLES:
                _write_children(store, table, staged)
            _write_decisions(store, staged, loaded_at)
        return BatchOutcome(
            counted["loaded"], counted["new_versions"], counted["duplicates"] + staged.repeated
        )


@dataclass(slots=True)
class _Staged:
    reports: pa.Table
    rows: dict[str, list[SourceRow]]
    version_ids: dict[str, list[str]]
    repeated: int  # records whose content stood earlier in the same batch


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


def _referral_id(record: SourceRecord, version_id: str) -> str:
    number = record.report_number
    key = f"{record.source_system}|{number}" if number else f"content|{version_id}"
    return _digest(key.encode("utf-8", "surrogatepass"))


def _stage(batch_id: str, found: Sequence[SourceRecord]) -> _Staged:
    rows: dict[str, list[SourceRow]] = {name: [] for name in TABLES}
    version_ids: dict[str, list[str]] = {name: [] for name in TABLES}
    distinct: dict[str, SourceRecord] = {}
    for record in found:
        distinct.setdefault(_version_id(record), record)
    records = list(distinct.values())
    referral_ids = [_referral_id(record, key) for key, record in distinct.items()]
    for version_id, record in distinct.items():
        for table, table_rows in record.rows.items():
            rows[table].extend(table_rows)
            version_ids[table].extend([version_id] * len(table_rows))
    columns = typed_columns("report", rows["report"])
    text = pa.string()
    columns |= {
        "version_id": pa.array(version_ids["report"], text),
        "referral_id": pa.array(referral_ids, text),
        "batch_id": pa.array([batch_id] * len(records), text),
        "source_file_id": pa.array(
            [source_file_id(batch_id, record.location.file) for record in records], text
        ),
        "source_format": pa.array([record.source_format for record in records], text),
        "source_system": pa.array([record.source_system for record in records], text),
        "report_number": pa.array([record.report_number for record in records], text),
        "report_number_source": pa.array([record.report_number_source for record in records], text),
        "position": pa.array(range(len(records)), pa.int64()),
    }
    repeated = len(found) - len(records)
    return _Staged(_filled("report", columns), rows, version_ids, repeated)


def _version_id(record: SourceRecord) -> str:
    """Return a hash of what the record says; where it stood in which file does not count."""
    said = {
        table: [{key: value for key, value in row.items() if key != "_path"} for row in rows]
        for table, rows in record.rows.items()
        if rows
    }
    text = json.dumps([record.source_format, record.report_number, said], sort_keys=True)
    return _digest(text.encode())


def _filled(table: str, columns: dict[str, pa.Array]) -> pa.Table:
    """Return a table with every column of its kind: one INSERT statement fits all batches."""
    template = typed_columns(table, [dict.fromkeys(TABLES[table])])
    length = len(next(iter(columns.values())))
    missing = {
        name: pa.nulls(length, column.type)
        for name, column in template.items()
        if name not in columns
    }
    return pa.table(columns | missing)


def _write_children(store: Store, table: str, staged: _Staged) -> None:
    rows = staged.rows[table]
    if not rows:
        return
    columns = typed_columns(table, rows)
    columns["version_id"] = pa.array(staged.version_ids[table], pa.string())
    with store.columns("staged_row", _filled(table, columns)):
        store.run(f"intake/add_{table}")


def _write_decisions(store: Store, staged: _Staged, loaded_at: datetime) -> None:
    rows = staged.rows["recorded_decision"]
    stated = [index for index, row in enumerate(rows) if blank_kind(row.get("disposition")) is None]
    if not stated:
        return
    kept = [rows[index] for index in stated]
    columns = typed_columns("recorded_decision", kept)
    version_ids = [staged.version_ids["recorded_decision"][index] for index in stated]
    columns["version_id"] = pa.array(version_ids, pa.string())
    with store.columns("staged_row", _filled("recorded_decision", columns)):
        store.run("intake/add_recorded_decision", {"loaded_at": loaded_at})


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
