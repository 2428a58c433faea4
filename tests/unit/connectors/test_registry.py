"""Which reader takes which file, by what stands in it."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from connectors.registry import connectors
from workbench.model.record import SourceFile

READERS = connectors(None)


def takers(content: bytes, name: str = "x") -> list[str]:
    file = SourceFile(name, content, "")
    return [reader.source_format for reader in READERS if reader.recognises(file)]


def a_workbook() -> bytes:
    written = io.BytesIO()
    Workbook().save(written)
    return written.getvalue()


def a_package() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("report.xml", "<report/>")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b' \n{"reportId": 1}', "x.txt", ["cybertipline_json"]),
        (b"\xef\xbb\xbf<report/>", "x.json", ["cybertipline_xml"]),
        ('<?xml version="1.0"?><n:fileDetails/>'.encode("utf-16"), "x", ["cybertipline_xml"]),
        (b"Report number;Received;Provider;Decision;Decided by\n", "x.txt", ["tabular"]),
        (b"a;b\n1;2\n", "x.csv", ["tabular"]),
        (a_workbook(), "x.bin", ["tabular"]),
        (b"\r\n%PDF-1.7\n", "x.txt", ["cybertipline_pdf"]),
        (b"a;b\n1;2\n", "notes.txt", []),
        (b'{"reportId": 1, "reportContents": []}', "x", ["iccam", "cybertipline_json"]),
        (b'{"ReportID": 1, "Items": []}', "x", ["iccam"]),
        (b'[{"reportId": 1, "reportedInformation": {"x": "reportContents"}}]', "x", ["cybertipline_json"]),
        (b'{"reportId": 1, "reportedInformation": {}, "reportContents": []}', "x", ["cybertipline_json"]),
        (b'{"some": "json"}', "x.json", []),
        (b"<html></html>", "x.xml", []),
        (b"<reporting/>", "x.xml", []),
        (a_package(), "x.zip", []),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "x.csv", []),
        (b"", "x.csv", ["tabular"]),
    ],
    ids=[
        "json", "xml", "utf-16", "known header", "csv by name", "workbook", "pdf", "text", "hotline 3", "hotline 2",
        "name in a text", "both", "other json",
        "html", "longer name", "package", "picture", "empty",
    ],
)  # fmt: skip
def test_a_file_is_taken_by_what_stands_in_it(
    content: bytes, name: str, expected: list[str]
) -> None:
    assert takers(content, name) == expected


def test_the_first_connectors_are_the_official_formats() -> None:
    assert [reader.source_format for reader in READERS] == [
        "iccam",
        "cybertipline_json",
        "cybertipline_xml",
        "cybertipline_pdf",
        "tabular",
    ]
