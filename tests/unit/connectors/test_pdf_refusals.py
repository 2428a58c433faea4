"""PDFs that are locked, scanned, something else, damaged or hostile."""

import io
import signal
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from connectors.cybertipline_pdf import isolation
from connectors.cybertipline_pdf.isolation import PdfWorker, UnreadablePdfError
from connectors.cybertipline_pdf.reader import CyberTiplinePdf
from connectors.registry import connectors
from tests.unit.connectors import pdf_reports as reports
from tests.unit.connectors.pdf_writer import flowing
from workbench.composition import take_in
from workbench.model.limits import Limits
from workbench.settings import Settings
from workbench.store.connection import Store


def a_report() -> bytes:
    return flowing(reports.whole_report())


def locked(password: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_report())))
    writer.encrypt(password, "owner", algorithm=algorithm)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def with_content(stream: bytes, resources: bytes = b"", more: bytes = b"") -> bytes:
    """Write a one-page PDF whose page is drawn by this (zlib-packed) stream."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << "
        + resources + b" >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]  # fmt: skip
    if more:
        objects.append(more)
    written = io.BytesIO(b"%PDF-1.4\n")
    written.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        written.write(b"%010d 00000 n \n" % place)
    written.write(
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )
    return written.getvalue()


def slow_pdf() -> bytes:
    """Write a PDF that takes a minute."""
    return with_content(zlib.compress(b"q Q " * 20_000_000, 1))


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
class TestALockedPdf:
    def test_opens_with_the_units_password(self, read: Callable[..., Any], algorithm: str) -> None:
        readers = connectors(None, ["wrong", "right"])
        reading = read(locked("right", algorithm), "x.pdf", readers)
        assert reading.record.rows == read(a_report()).record.rows

    def test_says_which_setting_it_needs(self, read: Callable[..., Any], algorithm: str) -> None:
        refusal = read(locked("right", algorithm), "x.pdf", connectors(None, ["wrong"])).refusal
        assert refusal.code == "encrypted"
        assert "WORKBENCH_PDF_PASSWORDS" in refusal.remedy
        assert "wrong" not in str(refusal)

    def test_that_only_forbids_changes_needs_none(
        self, read: Callable[..., Any], algorithm: str
    ) -> None:
        assert read(locked("", algorithm)).record.report_number == "991000001"


class TestTheSetting:
    def test_reaches_the_reader(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "locked.pdf").write_bytes(locked("right", "AES-256"))
        monkeypatch.setenv("WORKBENCH_PDF_PASSWORDS", '["wrong", "right"]')
        with Store.open(None) as store:
            sheet = take_in(
                store, [tmp_path], Settings(), imported_by="me", report_progress=lambda _: None
            )
            assert (sheet.read, sheet.loaded, sheet.rejected) == (1, 1, 0)
            numbers = store.query("SELECT report_number FROM analyst.referral")[1]
        assert numbers == [("991000001",)]

    def test_is_not_shown(self) -> None:
        assert "right" not in repr(Settings(pdf_passwords=("right",)))


class TestAPdfThatIsNoReport:
    def test_is_refused_when_it_is_a_scan(self, read: Callable[..., Any]) -> None:
        refusal = read(drawn(lambda canvas: canvas.rect(10, 10, 500, 700, fill=1))).refusal
        assert refusal.code == "no_text"

    def test_is_refused_when_it_is_a_letter(self, read: Callable[..., Any]) -> None:
        letter = drawn(
            lambda canvas: canvas.drawString(50, 700, "Dear colleague, see you on Monday.")
        )
        assert read(letter).refusal.code == "not_a_report"

    def test_is_refused_when_it_only_names_a_report(self, read: Callable[..., Any]) -> None:
        note = drawn(lambda canvas: canvas.drawString(50, 700, "CyberTipline Report 991000001"))
        assert read(note).refusal.code == "not_a_report"

    @pytest.mark.parametrize("end", [8, 400, 3000])
    def test_is_refused_when_it_is_cut_short(self, read: Callable[..., Any], end: int) -> None:
        assert read(a_report()[:end]).refusal.code in {"not_well_formed", "no_text", "not_a_report"}

    def test_is_refused_when_it_has_no_page(self, read: Callable[..., Any]) -> None:
        content = with_content(zlib.compress(b"")).replace(b"/Kids [3 0 R]", b"/Kids []     ")
        assert (
            read(content.replace(b"/Type /Page /", b"/Type /Pago /")).refusal.code
            == "not_well_formed"
        )


class TestAHostilePdf:
    def refusal_of(self, content: bytes, read: Callable[..., Any], limits: Limits) -> str:
        code: str = read(content, "x.pdf", [CyberTiplinePdf(limits=limits)]).refusal.code
        return code

    def test_that_unpacks_without_end_is_stopped(self, read: Callable[..., Any]) -> None:
        bomb = with_content(zlib.compress(b" " * 600_000_000, 1))
        limits = Limits(pdf_memory_bytes=500_000_000)
        assert self.refusal_of(bomb, read, limits) == "too_large"

    def test_that_takes_too_long_is_stopped_and_the_next_is_read(
        self, read: Callable[..., Any]
    ) -> None:
        limits = Limits(pdf_page_seconds=5)
        assert self.refusal_of(slow_pdf(), read, limits) == "took_too_long"
        reader = CyberTiplinePdf(limits=limits)
        assert read(a_report(), "x.pdf", [reader]).record.report_number == "991000001"

    def test_that_draws_itself_is_no_report(self, read: Callable[..., Any]) -> None:
        form = zlib.compress(b"/F Do")
        more = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d /Filter /FlateDecode /Resources << /XObject << /F 5 0 R >> >> >>\nstream\n%s\nendstream" % (len(form), form)  # fmt: skip
        loop = with_content(form, b"/XObject << /F 5 0 R >>", more)
        assert read(loop).refusal.code in {"no_text", "not_well_formed"}

    def test_whose_picture_is_a_bomb_is_read_without_it(self, read: Callable[..., Any]) -> None:
        picture = zlib.compress(b"\0" * 600_000_000, 1)
        more = b"<< /Type /XObject /Subtype /Image /Width 20000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(picture), picture)  # fmt: skip
        lines = ["CyberTipline Report 991000001", "Executive Summary", "Total Uploaded Files: 3"]
        text = "".join(
            f"BT /T 10 Tf 50 {700 - 20 * n} Td ({line}) Tj ET " for n, line in enumerate(lines)
        )
        stream = zlib.compress(text.encode() + b"q 500 0 0 500 0 0 cm /P Do Q")
        fonts = b"/Font << /T << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /P 5 0 R >>"
        limits = Limits(pdf_memory_bytes=500_000_000)
        reading = read(with_content(stream, fonts, more), "x.pdf", [CyberTiplinePdf(limits=limits)])
        assert reading.report["stated_file_count"] == "3"


def test_the_process_ends_with_its_reader() -> None:
    worker = PdfWorker()
    worker.pages(a_report(), [])
    running = worker._running
    assert running is not None
    process = running._process
    assert process.poll() is None
    del running, worker
    assert process.poll() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX timers")
def test_a_process_that_nobody_ends_is_ended_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_GRACE_SECONDS", 0.5)
    worker = PdfWorker(Limits(pdf_seconds=0.5))
    running = isolation._Running(worker.limits)
    running.ask(slow_pdf(), [])  # and nobody listens
    assert running._process.wait(20) == -signal.SIGALRM


def test_a_process_whose_input_ends_ends_in_the_middle_of_a_file() -> None:
    running = isolation._Running(Limits())
    running.ask(slow_pdf(), [])
    with pytest.raises(UnreadablePdfError, match="late"):
        running.answer(1, "late")  # it is deep in the file
    assert running._process.stdin is not None
    running._process.stdin.close()
    assert running._process.wait(30) == 0
