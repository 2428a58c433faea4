"""What a campaign begins with: small valid files of every format, by the format that reads them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.registry import connectors
from sample_data.inbox import write_inbox
from tests.builders import file_details, police_json, provider_xml
from tests.hostile import archive_csv, archive_row, package
from tests.unit.connectors.pdf_reports import a_pdf, front, section_a, suspect, whole_report
from workbench.model.record import SourceFile

PACKAGE = "package"
_LARGEST = 24_000  # bytes; larger seeds only slow a mutator down
_MOST_OF_A_FORMAT = 60
# What a mutator would hardly come upon by itself.
WORDS = (
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"<!DOCTYPE", b"<!ENTITY", b"&x;", b"<![CDATA[", b"]]>",
    b"data:image/png;base64,", b"/9j/4AAQ", b"NaN", b"1e9999", b"\\ud800", b"\\u0000", b"null", b"N/A",
    b"=HYPERLINK(", b"\xe2\x80\xae", b"[[[[[[[[", b'{"a":', b"-0", b"9999-12-31T23:59:60Z",
    b"0000-00-00T00:00:00", b"+99:99", b"192.0.2.999", b"::ffff:192.0.2.1", b"PK\x03\x04", b"PK\x01\x02",
    b"xl/workbook.xml", b"stream", b"endobj", b"/Type /Page", b"CyberTipline Report",
)  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """Return format -> contents; packages stand under `package`."""
    readers = connectors(None)
    found: dict[str, list[bytes]] = defaultdict(list)
    for content in (*_hand_made(), *_of_the_inbox()):
        file = SourceFile("seed", content, ".")
        reader = next((reader for reader in readers if reader.recognises(file)), None)
        name = reader.source_format if reader else PACKAGE
        if len(content) <= _LARGEST and len(found[name]) < _MOST_OF_A_FORMAT:
            found[name].append(content)
    return dict(found)


def _hand_made() -> Iterable[bytes]:
    report = json.dumps(police_json()).encode()
    yield report
    yield json.dumps([police_json("991000603"), police_json("991000604")]).encode("utf-16")
    yield provider_xml().encode()
    yield file_details().encode()
    yield archive_csv(archive_row("991000605"), archive_row("991000606")).encode()
    yield a_pdf(*front(), *section_a(*suspect()))
    yield a_pdf(*whole_report())
    yield package(("a.json", report), ("b/c.xml", provider_xml()), ("b/d.xml", file_details()))


def _of_the_inbox() -> Iterable[bytes]:
    with TemporaryDirectory() as folder:
        written = write_inbox(Path(folder), today=date(2026, 11, 22))
        for path in sorted(written.rglob("*")):
            if path.is_file():
                yield path.read_bytes()
