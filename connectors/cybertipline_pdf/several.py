"""Tells a PDF that holds several reports: its own places state another report's number.

Numbers of other reports stand in many places: lists of prior and linked reports, texts somebody
wrote. So a number counts only where the form states its own. That is the place of the running
header, or the head of a front page, known by its labels; and where headings look unlike values,
it has to look like no value.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from connectors.cybertipline_pdf.form import Form
from connectors.cybertipline_pdf.lines import Line
from connectors.cybertipline_pdf.looks import looks_of_values

_STATED: Final = re.compile(r"CyberTipline\s+Report[\s:#]*([0-9]{7,10})(?![0-9])", re.IGNORECASE)
_SAME_PLACE: Final = 4.0  # points
_TOP: Final = 4  # lines of a page
_BELOW: Final = 6  # lines in which a front page says more of itself
_FRONT: Final = frozenset(
    {"Priority Level", "Received by NCMEC on", "Received by NCMEC", "Date PDF Generated"}
)
_SUMMARY: Final = "Executive Summary"
_FEWEST: Final = 2  # labels that make a front page


@dataclass(frozen=True, slots=True)
class _Statement:
    """A line that begins with the report's number and its label, or has a cell that does."""

    at: int
    line: Line
    number: str
    x0: float
    look: int

    def stands_as(self, other: "_Statement") -> bool:
        """Say whether both stand in the same place of their pages and look alike."""
        return (
            self.look == other.look
            and abs(self.x0 - other.x0) < _SAME_PLACE
            and abs(self.line.baseline - other.line.baseline) < _SAME_PLACE
        )


def another_report(form: Form, lines: Sequence[Line]) -> tuple[str, str, int] | None:
    """Return the first report's number, that of a further one, and the page it begins on.

    Args:
        form: What a report looks like.
        lines: All lines of the file, running headers too.
    """
    stated = list(_statements(lines))
    if len({statement.number for statement in stated}) < 2:  # noqa: PLR2004 - one more than one
        return None
    own = stated[0].number
    others = _Others(form, lines, [statement for statement in stated if statement.number == own])
    for statement in stated:
        if statement.number != own and others.holds(statement):
            return own, statement.number, statement.line.page
    return None


def _statements(lines: Sequence[Line]) -> Iterator[_Statement]:
    for at, line in enumerate(lines):
        if "report" not in (text := line.text.casefold()) or "cybertipline" not in text:
            continue  # as nearly every line
        if found := _STATED.match(line.text):
            yield _Statement(at, line, found[1], line.x0, line.words[0].look)
            continue
        for cell in line.cells:
            for part in cell.text.split("|"):
                if found := _STATED.match(part.strip()):
                    yield _Statement(at, line, found[1], cell.x0, cell.look)


class _Others:
    """Knows how a report states its own number, and so which other numbers are stated alike."""

    def __init__(self, form: Form, lines: Sequence[Line], own: Sequence[_Statement]) -> None:
        self._form = form
        self._lines = lines
        self._own = own
        self._of_values = frozenset(looks_of_values(form, lines))
        self._sections = [at for at, line in enumerate(lines) if self._opens_section_a(line)]

    def holds(self, other: _Statement) -> bool:
        """Say whether a number is stated as only the form states that of its report."""
        if self._is_header(other):
            return True
        if self._own[0].look in self._of_values:  # of one look: only the top of a page is certain
            lines = self._lines[max(other.at - _TOP, 0) : other.at]
            is_top = len(lines) < _TOP or lines[0].page != other.line.page
            return is_top and self._heads_front_page(other)
        is_the_forms = other.look not in self._of_values
        return is_the_forms and (self._heads_front_page(other) or self._parts_sections(other))

    def _is_header(self, other: _Statement) -> bool:
        """Say whether it stands where the running header of several pages states the own number."""
        alike = {own.line.page for own in self._own if other.stands_as(own)}
        return len(alike) > 1

    def _heads_front_page(self, other: _Statement) -> bool:
        """Say whether the lines below say what only a front page says."""
        front, said = self._form.shapes["report"], set()
        for line in self._lines[other.at : other.at + _BELOW + 1]:
            if line.page != other.line.page:
                break
            for text in line.text.split("|"):
                label = front.find(text.strip(), is_alone=True)
                if label is not None and label.key in _FRONT:
                    said.add(label.key)
            found = self._form.heading("report", line.text)
            if found is not None and found[0] == _SUMMARY:
                said.add(_SUMMARY)
        return len(said) >= _FEWEST

    def _parts_sections(self, other: _Statement) -> bool:
        """Say whether a Section A stands before it and another one behind it."""
        sections = self._sections
        return bool(sections) and sections[0] < other.at < sections[-1]

    def _opens_section_a(self, line: Line) -> bool:
        if line.words[0].look in self._of_values or line.text[-1].isdigit():  # as in the contents
            return False
        return self._form.section(line.text) == "Section A"
