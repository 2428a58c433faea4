"""PDF bytes -> lines, page by page, by pdfminer.six. Pictures are passed over, never decoded."""

import io
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from connectors.cybertipline_pdf.beside import (
    PICTURE_PAGE,
    SLANTED,
    attached_files,
    beside_text,
)
from connectors.cybertipline_pdf.lines import Glyph, Line, lines_of

# pdfminer logs parts of what it reads, and a report's words do not belong in a log.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_LIGATURES: Final = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_NO_LETTER: Final = "(cid:"
_STRAIGHT: Final = 0.05  # rise of a baseline over its run; scanners and stamps turn further
_LEANING: Final = 0.5  # lean of a letter over its height; italics made by leaning stay below


class RefusedError(Exception):
    """The file is not read on. `code` is what the rejection will say."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pages_of(
    content: bytes, passwords: Sequence[str], most_pages: int, most_letters: int
) -> Iterator[tuple[list[Line], Counter[str]]]:
    """Yield the lines of each page in order, and how much of what kind stands beside them.

    Args:
        content: The file.
        passwords: Tried in turn when the file asks for one; the empty one is tried first.
        most_pages: Of the file.
        most_letters: Of a page.

    Raises:
        RefusedError: `encrypted`, `too_many_pages`, `page_too_full`, `not_well_formed`.
    """
    document = _opened(content, passwords)
    manager = PDFResourceManager()
    device = _Glyphs(manager, most_letters)
    interpreter = PDFPageInterpreter(manager, device)
    number, beside = 0, attached_files(document)
    for number, page in enumerate(islice(PDFPage.create_pages(document), most_pages + 1), 1):
        if number > most_pages:
            raise RefusedError("too_many_pages")
        device.forget()
        interpreter.process_page(page)
        is_picture = bool(device.pictures) and not device.glyphs
        beside += Counter({SLANTED: device.slanted, PICTURE_PAGE: int(is_picture)})
        beside += beside_text(page.annots)
        yield lines_of(number, device.glyphs), beside
        beside = Counter()
    if not number:
        raise RefusedError("not_well_formed")


def _opened(content: bytes, passwords: Sequence[str]) -> PDFDocument:
    for password in ("", *passwords):
        try:
            return PDFDocument(PDFParser(io.BytesIO(content)), password)
        except PDFPasswordIncorrect:
            continue
        except PDFEncryptionError as error:  # a scheme that is not supported
            raise RefusedError("encryption_unknown") from error
    raise RefusedError("encrypted")


class _Glyphs(PDFLayoutAnalyzer):
    """Collects the upright letters of a page, those inside drawn forms too; counts the others."""

    def __init__(self, manager: PDFResourceManager, most_letters: int) -> None:
        super().__init__(manager, laparams=None)
        self._most_letters = most_letters
        self.glyphs: list[Glyph] = []
        self.slanted = self.pictures = 0
        self._looks: dict[tuple[str, float], int] = {}

    def forget(self) -> None:
        """Forget the page before."""
        self.glyphs = []
        self.slanted = self.pictures = 0

    def render_image(self, *_: object) -> None:
        """Pass over a picture."""
        self.pictures += 1

    def paint_path(self, *_: object) -> None:
        """Pass over lines and boxes."""

    def receive_layout(self, ltpage: LTPage) -> None:
        """Take the letters of a finished page."""
        self._take(ltpage)

    def _take(self, container: Iterable[object]) -> None:
        for item in container:
            if isinstance(item, LTChar):
                self._add(item)
            elif isinstance(item, LTContainer):
                self._take(item)

    def _add(self, letter: LTChar) -> None:
        a, b, c, d, _, baseline = letter.matrix
        # A stamp across the page, or a word at its edge, is no line of the report.
        if abs(b) > _STRAIGHT * abs(a) or abs(c) > _LEANING * abs(d):
            self.slanted += not letter.get_text().isspace()
            return
        text = letter.get_text().translate(_LIGATURES)
        if not text or text.startswith(_NO_LETTER):
            text = "\ufffd"
        if len(self.glyphs) >= self._most_letters:
            raise RefusedError("page_too_full")
        look = self._looks.setdefault((letter.fontname, round(letter.size, 1)), len(self._looks))
        self.glyphs.append(Glyph(letter.x0, letter.x1, baseline, letter.size, text, look))
