"""The CyberTipline PDF that police receive (FORMATS section 3)."""

from collections.abc import Iterator, Sequence
from typing import Final

from connectors.cybertipline_pdf.beside import REASONS, SLANTED
from connectors.cybertipline_pdf.document import DocumentReader
from connectors.cybertipline_pdf.form import Form
from connectors.cybertipline_pdf.furniture import part_furniture
from connectors.cybertipline_pdf.isolation import PdfWorker, UnreadablePdfError
from connectors.cybertipline_pdf.lines import Line
from connectors.cybertipline_pdf.refusals import no_text, not_a_report, refusal, several_reports
from connectors.cybertipline_pdf.rows import set_straight
from connectors.cybertipline_pdf.several import another_report
from connectors.cybertipline_pdf.tree import TEXT, Tree
from connectors.shapes import read_allow_list
from connectors.walk import PathStyle, Walk, is_stated
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import DEFAULT_LIMITS, Limits
from workbench.model.record import SetAside, SourceFile, SourceRecord, UnreadFields

_STYLE: Final = PathStyle(separator=".", first_index=0)
_MARK: Final = b"%PDF-"
_LOOKED_AT: Final = 1024  # bytes before the mark that readers of PDF allow
_NUMBER: Final = "CyberTipline Report"
_MISSED: Final = "(reads as a label or heading inside a text)"
_FEWEST_LETTERS: Final = 0.5  # of the characters; a font without letters gives none


class CyberTiplinePdf:
    """One report. `passwords` are tried when the file asks for one."""

    source_format = "cybertipline_pdf"

    def __init__(self, passwords: Sequence[str] = (), limits: Limits = DEFAULT_LIMITS) -> None:
        self._passwords = tuple(passwords)
        self._worker = PdfWorker(limits)
        self._form = Form()
        self._shape = read_allow_list("connectors.cybertipline_pdf").shapes["report"]

    def recognises(self, file: SourceFile) -> bool:
        """Say whether it begins like a PDF."""
        return _MARK in file.content[:_LOOKED_AT]

    def read(
        self, file: SourceFile, unread: UnreadFields
    ) -> Iterator[SourceRecord | SetAside | RecordRejectedError]:
        """Yield the report; see `Connector.read`."""
        try:
            lines, beside = self._worker.pages(file.content, self._passwords)
        except UnreadablePdfError as error:
            raise refusal(error, file, self._worker.limits) from error
        if not _has_letters(lines):
            raise no_text(file)
        tree = self._tree_of(lines)
        if not _is_report(tree):
            raise not_a_report(file)
        if another := another_report(self._form, lines):
            raise several_reports(file, *another)
        yield self._record(file, tree, unread)
        for kind, count in beside.items():
            yield SetAside(
                file=file.name,
                kind=kind,
                byte_count=count if kind == SLANTED else 0,
                reason=REASONS[kind].format(count),
            )

    def _tree_of(self, lines: Sequence[Line]) -> Tree:
        body, furniture = part_furniture(lines, self._is_content)
        tree = DocumentReader(self._form, set_straight(body, self._form.may_be_label)).read()
        for line in furniture:
            self._read_furniture(line, tree)
        return tree

    def _is_content(self, text: str) -> bool:
        """Say whether a text that stands on several pages is more than a running header."""
        form = self._form
        if form.section(text) or any(form.heading(shape, text) for shape in form.shapes):
            return True
        return any(
            shape.find(text, is_alone=False)
            for name, shape in form.shapes.items()
            if name != "report"
        )

    def _read_furniture(self, line: Line, tree: Tree) -> None:
        """Take number and priority from a running header, where no page says them by itself."""
        front = self._form.shapes["report"]
        for text in line.text.split("|"):
            label = front.find(text.strip(), is_alone=False)
            if label is not None and label.key not in tree.root.fields and label.rest:
                kind = self._form.kinds.get(label.key, "")
                tree.put_label(label, kind, line.place, self._form.not_said)

    def _record(self, file: SourceFile, tree: Tree, unread: UnreadFields) -> SourceRecord:
        walk = Walk(self.source_format, _STYLE, unread)
        number = walk.report(self._shape, tree.root.fields, "").get("report_number")
        for block in tree.missed:
            unread.add(self.source_format, f"{block} {_MISSED}")
        for rows in walk.rows.values():
            for row in rows:
                row["_path"] = tree.place_of(row.get("_path") or "") or "page 1"
        is_numbered = isinstance(number, str) and is_stated(number)
        return SourceRecord(
            location=SourceLocation(file.name),
            source_format=self.source_format,
            rows=walk.rows,
            report_number=str(number).strip() if is_numbered else None,
            report_number_source="document" if is_numbered else None,
        )


def _has_letters(lines: Sequence[Line]) -> bool:
    text = "".join(line.text for line in lines)
    return sum(character.isalnum() for character in text) > _FEWEST_LETTERS * len(text)


def _is_report(tree: Tree) -> bool:
    """A report has its number and something of its sections or its front page."""
    fields = tree.root.fields
    told = fields.keys() - {TEXT, "(form text)", _NUMBER}
    return _NUMBER in fields and bool(told)
