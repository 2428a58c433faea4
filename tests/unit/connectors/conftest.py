"""What the connector tests share: read bytes as the import would, and look at the rows."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from connectors.registry import connectors
from workbench.errors import RecordRejectedError
from workbench.model.record import SetAside, SourceFile, SourceRecord, UnreadFields

SHIPPED = connectors(None)


@dataclass
class Reading:
    """All that came out of one file."""

    records: list[SourceRecord] = field(default_factory=list)
    refusals: list[RecordRejectedError] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)

    @property
    def record(self) -> SourceRecord:
        assert len(self.records) == 1, (self.records, self.refusals)
        return self.records[0]

    @property
    def refusal(self) -> RecordRejectedError:
        assert len(self.refusals) == 1, (self.records, self.refusals)
        return self.refusals[0]

    @property
    def report(self) -> dict[str, Any]:
        return self.rows("report")[0]

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.record.rows.get(table, [])

    def values(self, table: str, column: str, **wanted: object) -> list[Any]:
        """Return a column of the rows that have the wanted values."""
        return [
            row.get(column)
            for row in self.rows(table)
            if all(row.get(name) == value for name, value in wanted.items())
        ]


def read_file(content: bytes, name: str = "some.file", readers: Any = SHIPPED) -> Reading:
    file = SourceFile(name, content, "")
    connector = next((c for c in readers if c.recognises(file)), None)
    assert connector is not None, "no connector takes the file"
    unread, reading = UnreadFields(), Reading()
    try:
        for item in connector.read(file, unread):
            if isinstance(item, SourceRecord):
                reading.records.append(item)
            elif isinstance(item, SetAside):
                reading.set_aside.append(item)
            else:
                reading.refusals.append(item)
    except RecordRejectedError as refusal:
        reading.refusals.append(refusal)
    reading.unread = {path: count for (_, path), count in unread.counts.items()}
    return reading


@pytest.fixture
def read() -> Callable[..., Reading]:
    return read_file


@pytest.fixture
def read_json() -> Callable[..., Reading]:
    def read_document(document: Any, encoding: str = "utf-8") -> Reading:
        return read_file(json.dumps(document, ensure_ascii=False).encode(encoding))

    return read_document


@pytest.fixture
def read_xml() -> Callable[..., Reading]:
    def read_text(text: str, encoding: str = "utf-8") -> Reading:
        return read_file(text.encode(encoding))

    return read_text


@pytest.fixture
def read_reported() -> Callable[..., Reading]:
    """Read a JSON report from what stands in `reportedInformation`."""

    def read_parts(**parts: Any) -> Reading:
        reported = {"reportingEsp": {"espName": "Examplebook"}} | parts
        return read_file(
            json.dumps({"reportId": 991000001, "reportedInformation": reported}).encode()
        )

    return read_parts


@pytest.fixture
def read_person(read_reported: Callable[..., Reading]) -> Callable[..., Reading]:
    """Read a JSON report with one reported person."""

    def read_one(**person: Any) -> Reading:
        return read_reported(reportedPeople={"reportedPersons": [person]})

    return read_one


@pytest.fixture
def read_upload(read_reported: Callable[..., Reading]) -> Callable[..., Reading]:
    """Read a JSON report with one uploaded file."""

    def read_one(**upload: Any) -> Reading:
        return read_reported(uploadedFiles={"uploadedFiles": [upload]})

    return read_one
