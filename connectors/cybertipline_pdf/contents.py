"""The table of contents, whose lines look like headings and are none."""

from collections.abc import Callable

from connectors.cybertipline_pdf.form import Form
from connectors.cybertipline_pdf.lines import Line


class Contents:
    """Knows while a report is read whether a line stands in its table of contents."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._page = 0
        self._listed: set[str] = set()

    def begins(self, line: Line) -> bool:
        """Say whether a line is the heading of the table."""
        if not self._form.is_contents(line.text):
            return False
        self._page, self._listed = line.page, set()
        return True

    def holds(self, line: Line, is_label: Callable[[], bool]) -> bool:
        """Say whether a line is one of the table; a section named again ends it.

        Args:
            line: The line.
            is_label: Says whether a label begins on it; asked only where that counts.
        """
        if line.page != self._page:
            return False
        section = self._form.section(line.text.rstrip(" .0123456789"))
        if section is not None and section not in self._listed:
            self._listed.add(section)
            return True
        if section is not None or is_label() or self._form.heading("report", line.text):
            self._page = 0
            return False
        return True
