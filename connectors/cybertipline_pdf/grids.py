"""Tables with a header row: which line belongs to which row, which words to which column."""

import re
from collections.abc import Sequence
from ipaddress import ip_address

from connectors.cybertipline_pdf.form import GridForm, fold
from connectors.cybertipline_pdf.lines import Cell, Line
from connectors.cybertipline_pdf.values import Fragment

_FEWEST_COLUMNS = 3
_MOST_HEADER_LINES = 3
_ALIGNED = 3.0  # points
_FOUR_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")

GridRow = dict[str, list[Fragment]]


def find_grid(lines: Sequence[Line], at: int, forms: Sequence[GridForm]) -> "Grid | None":
    """Return the table whose header begins on a line; None when none does.

    A header may be broken over lines, so the lines below are looked at with it.
    """
    if len(lines[at].words) < _FEWEST_COLUMNS:
        return None
    for form in forms:
        if known := _columns_by_word(lines[at], form):
            return Grid(form, known, lines[at : at + 1])
    if len(lines[at].cells) < _FEWEST_COLUMNS - 1:
        return None
    for height in range(_MOST_HEADER_LINES, 0, -1):
        header = lines[at : at + height]
        if len(header) < height or len({line.page for line in header}) > 1:
            continue
        columns = _columns(header)
        for form in forms:
            named = [(x0, form.columns.get(fold(text))) for x0, text in columns]
            known = [(x0, name) for x0, name in named if name is not None]
            names = {name for _, name in known}
            if len(known) == len(named) >= _FEWEST_COLUMNS and form.row_begins in names:
                return Grid(form, known, header)
    return None


def _columns_by_word(line: Line, form: GridForm) -> list[tuple[float, str]]:
    """Cut a line into names of columns, where the gaps between columns are no wider than blanks."""
    words, known = list(line.words), []
    while words:
        for count in range(min(3, len(words)), 0, -1):
            name = form.columns.get(fold(" ".join(word.text for word in words[:count])))
            if name is not None:
                known.append((words[0].x0, name))
                words = words[count:]
                break
        else:
            return []
    names = {name for _, name in known}
    return known if len(names) >= _FEWEST_COLUMNS and form.row_begins in names else []


def _columns(header: Sequence[Line]) -> list[tuple[float, str]]:
    """Join the lines of a header column by column."""
    columns: list[tuple[float, str]] = [(cell.x0, cell.text) for cell in header[0].cells]
    for line in header[1:]:
        for cell in line.cells:
            index = min(range(len(columns)), key=lambda i: abs(columns[i][0] - cell.x0))
            x0, text = columns[index]
            columns[index] = (min(x0, cell.x0), f"{text} {cell.text}")
    return sorted(columns)


class Grid:
    """An open table. Lines are offered to it until it takes one no more."""

    _ADDRESSED = frozenset({"IP Address"})  # columns that hold one address a row
    _TYPES = frozenset(
        [
            "ip address",
            "profile url",
            "url",
            "device id",
            "email address",
            "email",
            "phone number",
            "phone",
        ]
    )

    def __init__(
        self, form: GridForm, columns: Sequence[tuple[float, str]], header: Sequence[Line]
    ) -> None:
        self.form = form
        self.header_height = len(header)
        self.rows: list[GridRow] = []
        self._columns = columns
        self._header = tuple(line.text for line in header)
        self._right = max(line.x1 for line in header)
        self._header_left = 0

    def takes(self, line: Line) -> bool:
        """Add a line to the table; False when it does not belong to it."""
        if self._is_header_again(line):
            return True
        cells = self._cells(line)
        if not cells or line.x0 < self._columns[0][0] - _ALIGNED:
            return False
        if self._is_prose(line, cells):
            return False
        first = cells.get(self.form.row_begins)
        if first is None and not self.rows:
            return False
        if self._begins_row(first, cells):
            self.rows.append({})
        for column, text in cells.items():
            self.rows[-1].setdefault(column, []).append(Fragment(text, line.place))
        return True

    @property
    def left(self) -> float:
        """Where its first column begins."""
        return self._columns[0][0]

    def names_type(self, label: str) -> bool:
        """Say whether a label is also the type of a row."""
        return fold(label) in self._TYPES

    def is_aligned(self, line: Line) -> bool:
        """Say whether every cell of a line begins where a column does."""
        return all(
            any(abs(cell.x0 - x0) < _ALIGNED for x0, _ in self._columns) for cell in line.cells
        )

    def _is_header_again(self, line: Line) -> bool:
        """Pass over the header where it is repeated on a further page."""
        if self._header_left or (self.rows and line.text == self._header[0]):
            self._header_left = self._header_left or len(self._header)
            is_same = line.text == self._header[len(self._header) - self._header_left]
            self._header_left = self._header_left - 1 if is_same else 0
            return is_same
        return False

    def _cells(self, line: Line) -> dict[str, str]:
        """Sort the words of a line into the columns by where they begin."""
        cells: dict[str, list[str]] = {}
        column = ""
        for word in line.words:
            if word.is_column_start or any(abs(word.x0 - x0) < _ALIGNED for x0, _ in self._columns):
                column = self._column_at(Cell(word.x0, word.x1, word.text))
            cells.setdefault(column, []).append(word.text)
        return {name: " ".join(words) for name, words in cells.items()}

    def _column_at(self, cell: Cell) -> str:
        before = [name for x0, name in self._columns if x0 <= cell.x0 + _ALIGNED]
        return before[-1] if before else self._columns[0][1]

    def _is_prose(self, line: Line, cells: dict[str, str]) -> bool:
        """Say whether a line runs on over the columns, as a sentence below the table does."""
        return (
            len(cells) == 1
            and len(self._columns) > 1
            and self.form.row_begins in cells
            and line.x1 > self._columns[1][0] + _ALIGNED
        )

    def _begins_row(self, first: str | None, cells: dict[str, str]) -> bool:
        if first is None:
            return False
        if not self.rows:
            return True
        held = " ".join(piece.text for piece in self.rows[-1].get(self.form.row_begins, []))
        if self.form.row_begins in self._ADDRESSED:
            whole = f"{held}{first}".replace(" ", "")
            return _is_address(held) and (_is_address(first) or not _is_address(whole))
        return len(cells) > 1 and fold(f"{held} {first}") not in self._TYPES


def _is_address(text: str) -> bool:
    if _FOUR_NUMBERS.fullmatch(text.strip()):
        return True  # zero-padded ones too
    try:
        ip_address(text.strip())
    except ValueError:
        return False
    return True
