"""What must hold of whatever a reader makes of whatever bytes; a breach is a finding."""

import math
from collections import Counter
from collections.abc import Iterator

from workbench.errors import RecordRejectedError
from workbench.model.record import SetAside, SourceFile, SourceRecord, UnreadFields
from workbench.model.tables import TABLES

_KEYS_OF_A_ROW = {"_path", "_not_stated"}
# Every row keeps its place in the file, so a document of tiny rows grows; not without end.
_GROWTH = 400
_ALWAYS_ALLOWED = 200_000
_MEDIA = ("/9j/4AAQ", "iVBORw0KGgo", "data:image", "data:video", "AAAAIGZ0eXA")


class BreachError(AssertionError):
    """A reader did what no reader may do."""


def judge(file: SourceFile, events: Iterator[object], unread: UnreadFields) -> Counter[str]:
    """Count what a reader yields and refuse what it must not.

    Raises:
        BreachError: A value of no known kind, an unknown column, media, or unbounded growth.
    """
    seen: Counter[str] = Counter()
    letters = 0
    try:
        for event in events:
            match event:
                case SourceRecord():
                    seen["read"] += 1
                    letters += _judge_record(event)
                case RecordRejectedError():
                    seen[_judge_refusal(event)] += 1
                case SetAside():
                    seen["set aside"] += 1
                case _:
                    raise BreachError(f"a reader yielded {type(event).__name__}")
    except RecordRejectedError as refusal:
        seen[_judge_refusal(refusal)] += 1
    if letters > _GROWTH * len(file.content) + _ALWAYS_ALLOWED:
        raise BreachError(f"{len(file.content)} bytes became {letters} letters")
    if any(not math.isfinite(count) or count < 1 for count in unread.counts.values()):
        raise BreachError("an unread field was counted less than once")
    return seen


def _judge_refusal(refusal: RecordRejectedError) -> str:
    if not (refusal.message and refusal.remedy and refusal.code and refusal.place.file):
        raise BreachError(f"a refusal without reason, remedy or place: {refusal!r}")
    return refusal.code


def _judge_record(record: SourceRecord) -> int:
    if record.rows.keys() - TABLES.keys():
        raise BreachError(f"unknown tables {record.rows.keys() - TABLES.keys()}")
    if len(record.rows.get("report", ())) != 1:
        raise BreachError("a record has one row of its report")
    return sum(_judge_row(table, row) for table, rows in record.rows.items() for row in rows)


def _judge_row(table: str, row: dict[str, object]) -> int:
    unknown = row.keys() - TABLES[table].keys() - _KEYS_OF_A_ROW
    if unknown:
        raise BreachError(f"{table} has no columns {unknown}")
    letters = 0
    for column, value in row.items():
        if column == "_not_stated":
            continue
        items = value if isinstance(value, list) else [value]
        for item in items:
            letters += _judge_value(f"{table}.{column}", item)
    return letters


def _judge_value(place: str, value: object) -> int:
    if value is None or isinstance(value, bool | int):
        return 1
    if not isinstance(value, str):
        raise BreachError(f"{place} holds a {type(value).__name__}")
    longest = max(map(len, value.split()), default=0)
    if longest > 2_000 and value.lstrip().startswith(_MEDIA):
        raise BreachError(f"{place} holds media of {len(value)} letters")
    return len(value)
