"""The same report as a browser prints it, which draws letters, tables and footers its own way."""

import html
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.unit.connectors import pdf_reports as reports
from tests.unit.connectors.pdf_writer import Field, Grid, Heading, Part, Prose, flowing

FLAGS = (
    "--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
STYLE = """
body { font: 11px Verdana, Arial, sans-serif }
table { border-collapse: collapse } td { padding: 2px 4px }
h2 { break-before: page }
.pairs { width: 70% } .pairs td:first-child { width: 35% } .pairs td { overflow-wrap: anywhere }
.grid { font-size: 9px } .grid th { text-align: left }
"""


def as_html(parts: Sequence[Part], *, is_table: bool, align: str) -> str:
    shown = [f"<meta charset=utf-8><style>{STYLE} td {{ vertical-align: {align} }}</style>"]
    for part in parts:
        match part:
            case Field(label, lines, mark):
                value = "<br>".join(html.escape(line) for line in lines if line)
                name = html.escape(label + mark)
                pair = f"<table class=pairs><tr><td>{name}<td>{value}</table>"
                shown.append(pair if is_table else f"<div><b>{name}</b> {value}</div>")
            case Heading(text, level):
                shown.append(f"<h{level + 1}>{html.escape(text)}</h{level + 1}>")
            case Prose(text):
                shown.append(f"<p>{html.escape(text)}</p>")
            case Grid(header, rows):
                lines = [f"<th>{'<th>'.join(header)}", *(f"<td>{'<td>'.join(row)}" for row in rows)]
                shown.append(f"<table border class=grid><tr>{'<tr>'.join(lines)}</table>")
    joined = "".join(shown)
    return joined.replace("</table><table class=pairs>", "")


def printed(content: str, folder: Path) -> bytes:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("not run: Chromium is not installed on this machine")
    page, written = folder / "report.html", folder / "report.pdf"
    page.write_text(content, encoding="utf-8")
    subprocess.run(
        [chromium, *FLAGS, f"--user-data-dir={folder}", f"--print-to-pdf={written}", page.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return written.read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("is_table", "align"),
    [(False, "top"), (True, "top"), (True, "middle")],
    ids=["lines", "table", "table with centred labels"],
)
def test_a_printed_page_gives_the_same_rows(
    read: Callable[..., Any], tmp_path: Path, is_table: bool, align: str
) -> None:
    parts = reports.whole_report()
    reading = read(printed(as_html(parts, is_table=is_table, align=align), tmp_path))
    expected = read(flowing(parts))
    assert reports.without_places(reading.record.rows) == reports.without_places(
        expected.record.rows
    )
    assert reading.unread == {}
