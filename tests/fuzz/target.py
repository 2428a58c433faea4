"""One process of a campaign: atheris mutates bytes, a reader reads them, `judge` looks on.

`python -m tests.fuzz.target TARGET FOLDER [libFuzzer options] [corpus folder]`; TARGET is a source
format or a kind of list, FOLDER a place to write to.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["connectors"]):
    from connectors.cybertipline_pdf.reader import CyberTiplinePdf
    from connectors.registry import connectors
    from tests.fuzz.lists import reading_lists

from tests.fuzz.judge import judge
from workbench.model.limits import Limits
from workbench.model.record import Connector, SourceFile, UnreadFields


def reader_of(source_format: str) -> Connector:
    """Return the reader; the PDF's has less patience, so that a campaign gets somewhere."""
    if source_format == CyberTiplinePdf.source_format:
        return CyberTiplinePdf(limits=Limits(pdf_page_seconds=5, pdf_seconds=10))
    return next(c for c in connectors(None) if c.source_format == source_format)


def reading(target: str, folder: Path) -> Callable[[bytes], object]:
    """Return what reads one input with one reader, whether or not it would ask for it."""
    lists = reading_lists(folder)
    return lists[target] if target in lists else _reading_reports(target)


def _reading_reports(source_format: str) -> Callable[[bytes], None]:
    reader = reader_of(source_format)

    def once(content: bytes) -> None:
        file = SourceFile("input", content, ".")
        unread = UnreadFields()
        if content and reader.recognises(file):
            judge(file, reader.read(file, unread), unread)

    return once


def main() -> None:
    """Hand the reader to atheris, which never returns."""
    target, folder = sys.argv.pop(1), sys.argv.pop(1)
    atheris.Setup(sys.argv, reading(target, Path(folder)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
