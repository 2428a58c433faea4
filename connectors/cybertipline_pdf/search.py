"""Looks labels up where the reading stands: in the block that is open, then in its section."""

from collections.abc import Sequence
from typing import Final

from connectors.cybertipline_pdf.entry import Block, Entry
from connectors.cybertipline_pdf.form import Form, ShapeForm, label_like
from connectors.cybertipline_pdf.labels import Found, find_labels
from connectors.cybertipline_pdf.lines import Line
from connectors.cybertipline_pdf.looks import Looks

_ALIGNED: Final = 4.0  # points


class LabelSearch:
    """Finds the labels of one report."""

    def __init__(self, form: Form, lines: Sequence[Line], looks: Looks) -> None:
        self._form = form
        self._lines = lines
        self._looks = looks
        self._value_columns: set[int] = set()

    def labels(
        self, at: int, section_shape: str, block: Block | None, entry: Entry | None
    ) -> list[Found]:
        """Return the labels that begin on a line, given what is open above it."""
        line = self._lines[at]
        is_deeper = entry is not None and line.x0 > entry.x0 + _ALIGNED
        if entry is not None and entry.is_free_text and is_deeper:
            if self._looks.is_the_forms(line):
                return self._find(at, self._shapes(section_shape, block))
            return []  # deeper than its label, so it is part of the text
        if entry is not None and (part := self.part_of(entry, at)):
            return [part]
        found = self._find(at, self._shapes(section_shape, block))
        if not found and section_shape == "section_a":
            found = self._find(at, [self._form.shapes["file"]], needs_mark=True)
            found = [label for label in found[:1] if label.key in self._form.begins]
        return found

    def part_of(self, entry: Entry, at: int) -> Found | None:
        """Return a label that says something more about the value above it."""
        shape = self._form.parts.get(entry.key)
        found = self._find(at, [shape]) if shape else []
        return found[0] if found else None

    def reads_as_form(self, at: int, section_shape: str, block: Block | None) -> bool:
        """Say whether a line would be a label or heading, were it printed by the form."""
        text = self._lines[at].text
        return (
            self._form.section(text) is not None
            or self._form.heading(section_shape, text) is not None
            or any(shape.find(text, is_alone=False) for shape in self._shapes(section_shape, block))
        )

    def learn_column(self, found: Found) -> None:
        """Take note of where values stand that have a column of their own."""
        if found.value_x0 is not None:
            self._value_columns.add(round(found.value_x0))

    def unknown(self, line: Line, shape: str) -> str | None:
        """Return what looks like a label nobody knows, where labels are expected."""
        if shape in self._form.prose:
            return None
        label = label_like(line.text)
        if label is not None:
            return label.key
        cells = line.cells
        is_pair = len(cells) > 1 and round(cells[1].x0) in self._value_columns
        return cells[0].text if is_pair else None

    def _shapes(self, section_shape: str, block: Block | None) -> list[ShapeForm]:
        names = [block.shape, section_shape] if block is not None else [section_shape]
        return [self._form.shapes[name] for name in names]

    def _find(
        self, at: int, shapes: Sequence[ShapeForm], *, needs_mark: bool = False
    ) -> list[Found]:
        further = self._looks.may_be_further
        return find_labels(self._lines, at, shapes, needs_mark=needs_mark, may_be_further=further)
