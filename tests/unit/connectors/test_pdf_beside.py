"""What a PDF holds beside its text is set aside by kind and number, and its content stays out."""

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import LIT
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from connectors.cybertipline_pdf.beside import attached_files, beside_text
from tests.hostile import attack
from tests.unit.connectors import pdf_reports as reports
from tests.unit.connectors.pdf_writer import flowing
from workbench.store.connection import Store

WORD = "distinctive_words"


def page(draw: Callable[[Canvas], Any]) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (6, 8), "white")), 0, 0, 600, 800)


def form(canvas: Canvas) -> None:
    canvas.drawString(50, 700, "Please fill in")
    canvas.acroForm.textfield(name="a", value=WORD, x=200, y=690, width=200, height=20)
    canvas.acroForm.textfield(name="b", value="", x=200, y=590, width=200, height=20)
    canvas.acroForm.checkbox(name="c", checked=True, x=200, y=490)
    canvas.linkURL("https://example.org", (0, 0, 10, 10))


def with_page(draw: Callable[[Canvas], Any]) -> Callable[[PdfWriter], None]:
    return lambda writer: writer.append(PdfReader(io.BytesIO(page(draw))))


def attach(writer: PdfWriter) -> None:
    writer.add_attachment(f"{WORD}.pdf", flowing(reports.whole_report()))
    writer.add_attachment("b.txt", WORD.encode())


def comment(writer: PdfWriter) -> None:
    writer.add_annotation(0, Text(text=WORD, rect=(50, 50, 70, 70)))
    writer.add_annotation(1, FreeText(text=WORD, rect=(50, 50, 200, 100)))


def circle(writer: PdfWriter) -> None:
    """Let a list of attached files lead back to itself, and a page list no notes at all."""
    node = DictionaryObject()
    kept = writer._add_object(node)
    node[NameObject("/Kids")] = ArrayObject([kept, kept])
    names = DictionaryObject({NameObject("/EmbeddedFiles"): kept})
    writer.root_object[NameObject("/Names")] = names
    writer.pages[0][NameObject("/Annots")] = NameObject("/None")


def changed(change: Callable[[PdfWriter], None]) -> bytes:
    writer, written = (
        PdfWriter(clone_from=io.BytesIO(flowing(reports.whole_report()))),
        io.BytesIO(),
    )
    change(writer)
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (with_page(picture), ("picture_page", 1)),
        (with_page(form), ("form_field", 1)),
        (attach, ("attached_file", 2)),
        (comment, ("pdf_note", 2)),
    ],
    ids=["picture", "form", "attached files", "notes"],
)
def test_is_set_aside_by_kind_and_number(
    read: Callable[..., Any], change: Callable[[PdfWriter], None], found: tuple[str, int]
) -> None:
    reading = read(changed(change))
    [aside] = reading.set_aside
    assert (aside.kind, f": {found[1]}" in aside.reason) == (found[0], True)
    assert reading.record.report_number == reports.NUMBER
    assert WORD not in str((reading.record.rows, reading.set_aside))


@pytest.mark.parametrize("change", [lambda _: None, circle], ids=["nothing", "a circle"])
def test_nothing_is_said_of_nothing(
    read: Callable[..., Any], change: Callable[[PdfWriter], None]
) -> None:
    reading = read(changed(change))
    assert reading.set_aside == []
    assert reading.record.report_number == reports.NUMBER


def test_a_picture_on_a_page_of_text_is_nothing_to_set_aside(read: Callable[..., Any]) -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas)
        canvas.drawString(50, 700, "CyberTipline")

    assert read(changed(with_page(draw))).set_aside == []


def test_a_list_that_is_broken_is_counted_as_that() -> None:
    nowhere = PDFObjRef(None, 5)  # to read it raises
    document = cast("PDFDocument", SimpleNamespace(catalog={"Names": nowhere}))
    assert attached_files(document) == {"unreadable_list": 1}
    note = {"Subtype": LIT("Text"), "Contents": b"a"}
    assert beside_text([note, nowhere, note]) == {"pdf_note": 1, "unreadable_list": 1}


def test_is_on_the_count_sheet(store: Store, tmp_path: Path) -> None:
    sheet = attack(store, tmp_path, "a.pdf", changed(attach))
    assert (sheet.read, sheet.loaded) == (2, 2)
    assert [aside["kind"] for aside in sheet.set_aside] == ["attached_file"]
