"""What makes two records the same report, or the same version of one: hashes of what they say."""

import hashlib
import json

import orjson

from workbench.errors import RecordRejectedError
from workbench.model.record import SourceRecord, SourceRow
from workbench.model.vocabulary import Disposition, Reason
from workbench.normalise.blank import blank_kind
from workbench.normalise.report_number import normalise_report_number


def source_file_id(batch_id: str, file_name: str) -> str:
    """Return the key of one file in one import."""
    return _digest(f"{batch_id}|{file_name}".encode())


def version_id(record: SourceRecord) -> str:
    """Return a hash of what the record says; where it stood in which file does not count."""
    said = [record.source_format, record.report_number, record.rows]
    try:
        return _digest(orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
    except TypeError:  # lone surrogates, which only the standard library writes
        return _digest(json.dumps(said, sort_keys=True).encode())


def referral_id(record: SourceRecord, version: str) -> str:
    """Return the key of what the record is a version of; without a number it is one by itself."""
    number = record.report_number
    key = f"{record.source_system}|{number}" if number else f"content|{version}"
    return _digest(key.encode("utf-8", "surrogatepass"))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def check_record(record: SourceRecord) -> None:
    """Bring the report number into its one spelling and refuse what the store must not hold.

    Raises:
        RecordRejectedError: A stated decision is not one we know.
    """
    number = record.report_number
    # Bare digits, as nearly all are, are that spelling already; zeros are no number.
    if number is not None and not (number.isascii() and number.isdigit() and number[0] != "0"):
        record.report_number = None if blank_kind(number) else _number_of(record, number)
        if record.report_number is None:
            record.report_number_source = None
    for row in record.rows.get("recorded_decision", ()):
        _check_decision(record, row)


def _number_of(record: SourceRecord, number: str) -> str | None:
    """Return a number in its one spelling; a bank's or a monitor's may be letters only."""
    normal = normalise_report_number(number)
    return normal or (number.strip() if record.source_system != "cybertipline" else None)


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
