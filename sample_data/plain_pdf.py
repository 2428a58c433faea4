"""A small PDF of lines of text, made with nothing but the standard library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_PAGE: Final = (612, 792)  # Letter, in points
_LEFT, _TOP, _LEADING = 54, 730, 14
_LINES_A_PAGE: Final = 46
_FONTS: Final = (b"Helvetica", b"Helvetica-Bold")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line; a bold one is a heading, a large one begins a page."""

    text: str
    is_bold: bool = False
    is_large: bool = False


def plain_pdf(lines: Sequence[PdfLine]) -> bytes:
    """Return a PDF of these lines; the same lines give the same bytes."""
    pages = _pages(lines)
    first_page = 3 + len(_FONTS)
    kids = b" ".join(b"%d 0 R" % (first_page + 2 * place) for place in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        *(
            b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % font
            for font in _FONTS
        ),
    ]
    for place, page in enumerate(pages):
        content = b"\n".join(_drawn(line, row) for row, line in enumerate(page))
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> >>"
            % (*_PAGE, first_page + 2 * place + 1),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    return _file(objects)


def _pages(lines: Sequence[PdfLine]) -> list[list[PdfLine]]:
    pages: list[list[PdfLine]] = [[]]
    for line in lines:
        if pages[-1] and (line.is_large or len(pages[-1]) == _LINES_A_PAGE):
            pages.append([])
        pages[-1].append(line)
    return pages


def _drawn(line: PdfLine, row: int) -> bytes:
    size = 13 if line.is_large else 9
    text = line.text.encode("cp1252", "replace")
    for mark in (b"\\", b"(", b")"):
        text = text.replace(mark, b"\\" + mark)
    font = int(line.is_bold or line.is_large)
    return b"BT /F%d %d Tf %d %d Td (%s) Tj ET" % (font, size, _LEFT, _TOP - row * _LEADING, text)


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(written)
