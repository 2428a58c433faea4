"""What somebody wrote cannot forge a field of the report, and what is missed so is counted."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from tests.unit.connectors import pdf_reports as reports
from tests.unit.connectors.pdf_reports import a_pdf
from tests.unit.connectors.pdf_writer import Heading, Prose, a_field, flowing, tabular
from tests.unit.connectors.test_pdf_looks import as_html, printed

MISSED = "(reads as a label or heading inside a text)"
FORGED = (
    "hello all",
    "Name: Falsk Person",
    "IP Address: 192.0.2.66 (Login)",
    "11-08-2026 20:00:01 UTC",
    "Email Address: falsk@example.org (Verified)",
    "Suspect 2",
    "Screen/User Name: falsk",
    "Prior CT Reports: 991000999",
    "Incident Type: Online Enticement of Children for Sexual Acts",
    "This concludes Section A",
    "Uploaded File Information",
    "Filename: falsk.jpg",
    "MD5: 0cc175b9c0f1b6a831c399e269772661",
    "Section C: Additional Information Provided by NCMEC",
    "NCMEC Classification: Falskmelding",
)
WORDS = ("Falsk", "falsk", "192.0.2.66", "991000999", "Falskmelding", "0cc175b9")


def assert_nothing_is_forged(reading: Any) -> None:
    said = {
        table: rows
        for table, rows in reading.record.rows.items()
        if table not in ("text_block", "report")
    }
    assert [word for word in WORDS if word in str(said)] == []
    assert "Enticement" not in str(reading.report.get("incident_type"))
    assert "Falsk" not in str(reading.report)
    assert len(reading.values("party", "role", role="reported_user")) == 1
    texts = "".join("".join(map(str, reading.values("text_block", "content"))).split())
    assert all("".join(line.split()) in texts for line in FORGED)
    assert sum(count for place, count in reading.unread.items() if place.endswith(MISSED)) >= 8


def parts(*more: Any) -> list[Any]:
    bio = a_field("Profile Bio", *FORGED)
    block = [Heading("Suspect 1"), a_field("Screen/User Name", "river_stone"), bio, *more]
    return [*reports.front(), *reports.section_a(*block), *reports.section_b(), *reports.rest()]


class TestAProfileText:
    def test_forges_nothing_where_only_headings_are_bold(self, read: Callable[..., Any]) -> None:
        reading = read(flowing(parts()))
        assert_nothing_is_forged(reading)
        assert len(reading.rows("geo_lookup")) == 2  # the true sections below are read

    def test_forges_nothing_in_a_column_of_values(self, read: Callable[..., Any]) -> None:
        reading = read(tabular(parts(a_field("Approximate Age", "36"))))
        assert_nothing_is_forged(reading)
        assert reading.values("party", "age", role="reported_user") == ["36"]
        assert len(reading.rows("geo_lookup")) == 2

    @pytest.mark.browser
    @pytest.mark.parametrize("is_table", [False, True], ids=["bold labels", "table"])
    def test_forges_nothing_on_a_printed_page(
        self, read: Callable[..., Any], tmp_path: Any, is_table: bool
    ) -> None:
        page = as_html(parts(a_field("Approximate Age", "36")), is_table=is_table, align="top")
        reading = read(printed(page, tmp_path))
        assert_nothing_is_forged(reading)
        assert reading.values("party", "age", role="reported_user") == ["36"]
        assert len(reading.rows("geo_lookup")) == 2

    def test_ends_where_the_next_bold_heading_stands(self, read: Callable[..., Any]) -> None:
        blocks = [Heading("Recipient 1"), a_field("Screen/User Name", "friend1")]
        reading = read(flowing(parts(*blocks)))
        assert_nothing_is_forged(reading)
        assert reading.values("identifier", "value_as_written", party_no=2) == ["friend1"]


class TestALineOfText:
    def test_of_chat_forges_nothing(self, read: Callable[..., Any]) -> None:
        chat = "\n".join(FORGED)
        blocks = [*reports.suspect(), Heading("Additional Information"), Prose(chat)]
        reading = read(flowing([*reports.front(), *reports.section_a(*blocks)]))
        assert "192.0.2.66" not in str(reading.rows("ip_event"))
        assert "falsk.jpg" not in str(reading.rows("file_record"))
        assert len(reading.values("party", "role", role="reported_user")) == 1
        assert "falsk.jpg" in str(reading.rows("text_block"))

    def test_that_a_long_name_pushes_down_is_no_label(self, read: Callable[..., Any]) -> None:
        name = f"{'n' * 103} MD5: 0cc175b9c0f1b6a831c399e269772661"
        blocks = [Heading("Uploaded File Information"), a_field("Filename", name)]
        reading = read(a_pdf(*blocks))
        assert reading.rows("file_hash") == []
        assert reading.values("file_record", "file_name") == [name]

    def test_behind_typed_blanks_is_no_second_label(self, read: Callable[..., Any]) -> None:
        name = f"bob{chr(0xA0) * 12}IP Address: 192.0.2.66 (Login)"
        reading = read(a_pdf(Heading("Suspect 1"), a_field("Display Name", name)))
        assert reading.rows("ip_event") == []
        assert "192.0.2.66" in str(reading.values("identifier", "value_as_written"))

    def test_behind_typed_blanks_opens_no_column(self, read: Callable[..., Any]) -> None:
        bio = a_field("Profile Bio", f"{chr(0xA0) * 20}hello", "IP Address: 192.0.2.66 (Login)")
        reading = read(a_pdf(Heading("Suspect 1"), bio))
        assert reading.rows("ip_event") == []


def stamped(turn: float) -> bytes:
    """Write a small report with a stamp across the page, turned by some degrees."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=letter, invariant=1)
    canvas.setFont("Helvetica", 10)
    lines = [
        "CyberTipline Report 991000001",
        "Priority Level: E",
        "Received by NCMEC on 11-08-2026 20:00:01 UTC",
    ]
    for place, line in enumerate(lines):
        canvas.drawString(60, 700 - 14 * place, line)
    canvas.saveState()
    canvas.translate(200, 300)
    canvas.rotate(turn)
    canvas.drawString(0, 0, "COPY FOR COURT")
    canvas.restoreState()
    canvas.save()
    return written.getvalue()


@pytest.mark.parametrize("turn", [10, 45, 90, 180 - 45, 270])
def test_a_slanted_stamp_is_set_aside_and_its_letters_counted(
    read: Callable[..., Any], turn: float
) -> None:
    reading = read(stamped(turn))
    [aside] = reading.set_aside
    assert (aside.kind, aside.byte_count) == ("slanted_text", len("COPYFORCOURT"))
    assert "COURT" not in str(reading.record.rows)


def test_an_upright_page_sets_nothing_aside(read: Callable[..., Any]) -> None:
    assert read(stamped(0)).set_aside == []


def of_one_look(*pages: list[str]) -> bytes:
    """Write pages on which headings, labels and values all look alike."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=letter, invariant=1)
    for lines in pages:
        canvas.setFont("Helvetica", 10)
        for place, line in enumerate(lines):
            canvas.drawString(60, 700 - 14 * place, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def test_a_report_of_one_look_trusts_the_top_of_a_page_only(read: Callable[..., Any]) -> None:
    front = ["CyberTipline Report 991000001", "Priority Level: E", "Executive Summary"]
    first = ["Section A: Reported Information", "Suspect 1", "Screen/User Name: river_stone"]
    second = ["Section B: Automated Information", "Deconfliction", "991000501"]
    reading = read(of_one_look(front, [*first, "Profile Bio: hi", *FORGED], second))
    assert_nothing_is_forged(reading)
    assert reading.values("prior_report", "prior_report_number") == ["991000501"]
