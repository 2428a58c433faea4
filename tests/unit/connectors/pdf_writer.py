"""Writes invented CyberTipline PDFs in two looks, so that the reader is not fitted to one of them.

`flowing` imitates what FORMATS 3.2 describes: a label, a colon and a value on a line, tables with a
header row. `tabular` says the same in a two-column label/value table, in another font, with narrow
columns that break addresses, times, names and even labels over lines.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)


@dataclass
class Heading:
    """A line that opens a section or block; level 1 begins a page."""

    text: str
    level: int = 2


@dataclass
class Field:
    """A label with its value. `lines` are drawn one below the other."""

    label: str
    lines: Sequence[str]
    mark: str = ":"


@dataclass
class Grid:
    """A table with a header row."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = field(default_factory=list)


@dataclass
class Prose:
    """Lines of text without a label."""

    text: str


Part = Heading | Field | Grid | Prose


def a_field(label: str, *lines: str, mark: str = ":") -> Field:
    return Field(label, lines, mark)


def flowing(
    parts: Sequence[Part],
    *,
    number: str = "991000001",
    password: str = "",
    header: str = "CyberTipline Report {number} | Priority Level: E",
) -> bytes:
    """Write `Label: value` lines on Letter pages with a running header and page numbers."""
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=12)
    bold = ParagraphStyle("bold", parent=body, fontName="Helvetica-Bold", spaceBefore=6)
    section = ParagraphStyle("section", parent=bold, fontSize=13, leading=17)
    cell = ParagraphStyle("cell", parent=body, fontSize=7.5, leading=9)

    def shown() -> Iterator[Any]:
        for part in parts:
            match part:
                case Heading(text, 1):
                    yield PageBreak()
                    yield Paragraph(_plain(text), section)
                case Heading(text, _):
                    yield Paragraph(_plain(text), bold)
                case Field(label, lines, mark):
                    first, *more = lines or [""]
                    yield Paragraph(_plain(f"{label}{mark} {first}"), _broken(body))
                    yield from (Paragraph(_plain(line), _broken(body)) for line in more)
                case Grid():
                    yield _grid(part, cell)
                case Prose(text):
                    yield Paragraph(_plain(text), body)

    return _built(list(shown()), letter, 18 * mm, _furniture(header, number), password)


def tabular(parts: Sequence[Part], *, number: str = "991000001", password: str = "") -> bytes:
    """Write a two-column table of labels and values on A4 pages, in Times, no colons."""
    body = ParagraphStyle(
        "body", fontName="Times-Roman", fontSize=10, leading=11.5, splitLongWords=1
    )
    label_style = ParagraphStyle("label", parent=body, fontName="Times-Italic")
    section = ParagraphStyle("section", parent=body, fontSize=15, leading=20, alignment=1)
    block = ParagraphStyle("block", parent=body, fontName="Times-Bold", fontSize=11, spaceBefore=8)
    cell = ParagraphStyle("cell", parent=body, fontSize=7, leading=8)
    story: list[Any] = []
    rows: list[list[Any]] = []

    def close() -> None:
        if rows:
            table = Table(list(rows), colWidths=[46 * mm, 58 * mm], hAlign="LEFT")
            table.setStyle(
                TableStyle(
                    [
                        ("VALIGN", (0, 0), (-1, -1), "TOP"),
                        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
                        ("TOPPADDING", (0, 0), (-1, -1), 1),
                    ]
                )
            )
            story.append(table)
            rows.clear()

    for part in parts:
        if isinstance(part, Field):
            value = [Paragraph(_plain(line), body) for line in part.lines or [""]]
            rows.append([Paragraph(_plain(part.label), label_style), value])
            continue
        close()
        match part:
            case Heading(text, level):
                story.append(Spacer(1, 4))
                story.append(Paragraph(_plain(text), section if level == 1 else block))
            case Grid():
                story.append(_grid(part, cell))
            case Prose(text):
                story.append(Paragraph(_plain(text), body))
    close()
    return _built(story, A4, 25 * mm, _furniture("Report {number}", number, "{page}"), password)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def _broken(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle("broken", parent=style, splitLongWords=1)


def _grid(grid: Grid, style: ParagraphStyle) -> Table:
    cells = [[Paragraph(_plain(text), style) for text in row] for row in (grid.header, *grid.rows)]
    table = Table(cells, colWidths=list(grid.widths) or None, repeatRows=1, hAlign="LEFT")
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def _furniture(header: str, number: str, footer: str = "Page {page} of 9") -> Any:
    def draw(canvas: Any, document: Any) -> None:
        width, height = document.pagesize
        canvas.setFont("Helvetica", 8)
        canvas.drawString(20 * mm, height - 10 * mm, header.format(number=number))
        canvas.drawRightString(width - 20 * mm, 10 * mm, footer.format(page=document.page))

    return draw


def _built(
    story: list[Any], size: tuple[float, float], margin: float, draw: Any, password: str
) -> bytes:
    written = io.BytesIO()
    document = BaseDocTemplate(
        written, pagesize=size, leftMargin=margin, rightMargin=margin, topMargin=margin,
        bottomMargin=margin, invariant=1,
        encrypt=StandardEncryption(password, strength=128) if password else None,
    )  # fmt: skip
    width, height = size
    frame = Frame(margin, margin, width - 2 * margin, height - 2 * margin)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=draw)])
    document.build(story)
    return written.getvalue()
