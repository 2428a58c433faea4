"""Tells what the form prints from what people wrote: by font, size and column, not by words.

A profile text may hold a line `IP Address: ...`, and a file name may be so long that its second
line begins with `MD5:`. Such a line is no label however it reads. What the form prints stands out:
its labels or headings are bold or larger, or labels stand in a column of their own. Which looks are
the form's is learned from labels and headings that stand where nobody could write them.

Where a form prints labels and values alike, nothing tells them apart inside a text that may hold
anything. There the text goes on: a label that is missed so is counted and can be read in the text,
one that is forged would be believed.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from connectors.cybertipline_pdf.entry import Entry
from connectors.cybertipline_pdf.form import Form
from connectors.cybertipline_pdf.lines import MIXED, Cell, Line

_ALIGNED: Final = 4.0  # points
_RARE: Final = 4  # one value in so many may look like a label before that look is the values'
# Values whose words anybody can choose; those of the other kinds are known by their form.
_CHOSEN_BY_USERS: Final = frozenset({"", "identifier", "tight", "name"})


class Looks:
    """How this report prints labels and values."""

    def __init__(self, form: Form, lines: Sequence[Line]) -> None:
        self._form = form
        self.right = max((line.x1 for line in lines), default=0.0)
        self._of_values = frozenset(looks_of_values(form, lines)) | {MIXED}
        self._of_the_form: set[int] = set()
        self._of_block_labels = MIXED  # of the last label, in the block that is open
        self._is_about_somebody = False

    def learn(self, look: int, above: Entry | None) -> None:
        """Take the look of a label or heading, unless it stands below what anybody could write."""
        if look not in self._of_values and (above is None or not above.is_free_text):
            self._of_the_form.add(look)

    def enter_block(self, *, is_about_somebody: bool) -> None:
        """Begin a block; from the first that is about somebody on, new looks prove nothing."""
        self._of_block_labels = MIXED
        self._is_about_somebody |= is_about_somebody

    def enter_label(self, look: int) -> None:
        """Take note of how the label above looks."""
        self._of_block_labels = look

    def is_the_forms(self, line: Line) -> bool:
        """Say whether a line looks as only the form prints."""
        look = line.words[0].look
        is_new = not self._is_about_somebody and look not in self._of_values
        return is_new or look in self._of_the_form

    def is_written(self, line: Line, entry: Entry | None, *, is_page_top: bool) -> bool:
        """Say whether a line is what somebody wrote, so that nothing in it is a label or heading.

        Args:
            line: A line of the report.
            entry: The value that is being read above it; None between values.
            is_page_top: It is the first line of its page.
        """
        if entry is None or self.is_the_forms(line) or self._begins_section(line, is_page_top):
            return False
        if not self._is_about_somebody and not entry.is_free_text:
            return False  # so far only the form and NCMEC had a say
        if entry.value_x0 is not None:  # a column of values: labels stand left of it
            return line.x0 > entry.value_x0 - _ALIGNED
        if line.x0 < entry.x0 - _ALIGNED:
            return False
        return entry.is_free_text or self._runs_on(line, entry)

    def tell_labels(self, entry: Entry) -> bool:
        """Say whether labels show by their look or column, so that words end nothing."""
        return entry.value_x0 is not None or self._of_block_labels in self._of_the_form

    def fills(self, line: Line, entry: Entry) -> bool:
        """Say whether a line goes on with a value that had no room on the line above."""
        return entry.kind in _CHOSEN_BY_USERS and entry.fills_line(line, self.right)

    def may_be_further(self, first: Cell, cell: Cell) -> bool:
        """Say whether a label may begin a later cell of a line: it looks like the first.

        Where looks say nothing, the gap before it has to be laid out and not typed.
        """
        if first.look in self._of_the_form:
            return cell.look == first.look
        return not cell.is_after_blanks

    def _begins_section(self, line: Line, is_page_top: bool) -> bool:  # noqa: FBT001 - of a line
        """In a report of one single look, only the top of a page tells a section."""
        return not self._of_the_form and is_page_top and self._form.section(line.text) is not None

    def _runs_on(self, line: Line, entry: Entry) -> bool:
        """Say whether a line can only be what somebody wrote, or the end of it."""
        if self._of_block_labels in self._of_the_form:
            return entry.is_loose or entry.kind in _CHOSEN_BY_USERS | {"unread"}
        if entry.is_loose or entry.kind not in _CHOSEN_BY_USERS:
            return False
        if entry.kind == "tight" and len(line.words) > 1:
            return False  # links and hashes hold no blanks
        return entry.fills_line(line, self.right)


def looks_of_values(form: Form, lines: Sequence[Line]) -> list[int]:
    """Return the looks of values on the lines that only the form and NCMEC fill."""
    values: Counter[int] = Counter()
    shapes = [form.shapes[name] for name in ("report", "summary", "section_a", "esp")]
    for line in lines:
        if _is_about_somebody(form, line.text):
            break
        cells = line.cells
        found = [label for shape in shapes if (label := shape.find(cells[0].text, is_alone=True))]
        if found and (found[0].rest or len(cells) > 1):
            values[line.words[-1].look] += 1
    if not values:
        values.update(word.look for line in lines for word in line.words)
        return [look for look, _ in values.most_common(1)]
    return [look for look, count in values.items() if count * _RARE >= values.total()]


def _is_about_somebody(form: Form, text: str) -> bool:
    """Say whether a line opens a person, a file or a free text."""
    for shape in ("section_a", "report"):
        found = form.heading(shape, text)
        if found is not None and (form.is_list(shape, found[0]) or form.is_text(shape, found[0])):
            return True
    return False
