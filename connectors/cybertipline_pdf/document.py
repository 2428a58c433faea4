"""Lines of a report -> the tree of its sections, blocks and values."""

import re
from collections.abc import Sequence
from typing import Final

from connectors.cybertipline_pdf.entry import Block, Entry, put_entry
from connectors.cybertipline_pdf.form import Form, fold, label_like
from connectors.cybertipline_pdf.grids import Grid, find_grid
from connectors.cybertipline_pdf.labels import Found, find_labels
from connectors.cybertipline_pdf.lines import Line
from connectors.cybertipline_pdf.tree import Node, Tree, put_rows
from connectors.cybertipline_pdf.values import Fragment

_TEXT: Final = "(text)"
_FORM_TEXT: Final = "(form text)"
_NUMBERS: Final = "numbers"
_NUMBER: Final = re.compile(r"(?<!\d)\d{7,10}(?!\d)")
_SECTIONS: Final = ("Section A", "Section B", "Section C", "Section D")
_ALIGNED: Final = 4.0  # points


class DocumentReader:
    """Reads one report, line by line."""

    def __init__(self, form: Form, lines: Sequence[Line]) -> None:
        self.tree = Tree()
        self._form = form
        self._lines = lines
        self._has_sections = any(form.section(line.text) for line in lines)
        self._right = max((line.x1 for line in lines), default=0.0)
        self._value_columns: set[int] = set()
        self._contents_page = 0
        self._listed: set[str] = set()
        self._section: Node = self.tree.root
        self._shape = "report"  # of the section
        self._block: Block | None = None
        self._entry: Entry | None = None
        self._grid: Grid | None = None

    def read(self) -> Tree:
        """Return the tree of all lines."""
        at = 0
        while at < len(self._lines):
            at += self._take(at)
        self._close()
        return self.tree

    def _take(self, at: int) -> int:
        """Read what begins on a line; return how many lines it took."""
        line = self._lines[at]
        if self._is_in_contents(at) or self._opens(line):
            return 1
        if self._grid is not None:
            if not self._ends(self._grid, at) and self._grid.takes(line):
                return 1
            self._close()
        if (grid := find_grid(self._lines, at, self._form.grids)) and self._holds(grid):
            self._close()
            self._grid = grid
            return grid.header_height
        found = self._labels(at)
        if found:
            for label in found:
                self._begin(label)
            return found[0].height
        self._unlabelled(line)
        return 1

    def _is_in_contents(self, at: int) -> bool:
        """Pass over the table of contents, whose lines look like headings."""
        line = self._lines[at]
        if self._form.is_contents(line.text):
            self._close()
            self._contents_page, self._listed = line.page, set()
            return True
        if line.page != self._contents_page:
            return False
        section = self._form.section(line.text.rstrip(" .0123456789"))
        if section is not None and section not in self._listed:
            self._listed.add(section)
            return True
        if section is not None or self._labels(at) or self._form.heading("report", line.text):
            self._contents_page = 0
            return False
        return True

    def _opens(self, line: Line) -> bool:
        """Read a line that is a heading."""
        if section := self._form.section(line.text):
            self._enter(section, line)
            return True
        if self._form.ends_block(line.text) and self._shape != "report":
            self._close()
            self._block = None
            return True
        found = self._form.heading(self._shape, line.text)
        if found is not None:
            self._open(*found, line)
            return True
        block = self._block
        inside = self._form.heading(block.shape, line.text) if block else None
        if block is not None and inside is not None:
            self._open_inside(block, inside[0], line)
            return True
        return self._opens_elsewhere(line)

    def _opens_elsewhere(self, line: Line) -> bool:
        """Read a heading of the front page, or of a section that has no heading of its own."""
        front = self._form.heading("report", line.text)
        if front is not None and self._form.shapes["report"].is_container(front[0]):
            self._enter("", line)
            self._open(*front, line)
            return True
        if self._has_sections:
            return False
        for section in _SECTIONS:
            shape = self._form.shape_of("report", section) or ""
            found = self._form.heading(shape, line.text)
            if found is not None and self._form.shapes[shape].is_container(found[0]):
                self._enter(section, line)
                self._open(*found, line)
                return True
        return False

    def _enter(self, section: str, line: Line) -> None:
        """Go on in a section; a running heading of the one that is open changes nothing."""
        shape = (self._form.shape_of("report", section) or "") if section else "report"
        if shape == self._shape and section:
            return
        self._close()
        self._block = None
        self._shape = shape
        root = self.tree.root
        self._section = root.child(section, line.place) if section else root

    def _open(self, key: str, is_continued: bool, line: Line) -> None:  # noqa: FBT001 - of a pair
        if is_continued and self._block is not None and self._block.key == key:
            self._close()
            return
        self._close()
        shape = self._form.shape_of(self._shape, key)
        if shape is None:
            self._block = None
            self._entry = Entry(key, "text", self._section, line.x0, None, [], line)
            return
        is_list = self._form.is_list(self._shape, key)
        self._block = Block(key, shape, self._section, line.place, is_list)

    def _open_inside(self, block: Block, key: str, line: Line) -> None:
        """Read a heading within a block: of a table, or of a text."""
        self._close()
        if not self._form.shapes[block.shape].is_container(key):
            self._entry = Entry(key, "text", block.opened(), line.x0, None, [], line)

    def _labels(self, at: int) -> list[Found]:
        shapes = [self._form.shapes[self._shape]]
        if self._block is not None:
            shapes.insert(0, self._form.shapes[self._block.shape])
        entry = self._entry
        if entry is not None and entry.is_free_text and self._lines[at].x0 > entry.x0 + _ALIGNED:
            return []  # deeper than its label, so it is part of the text
        needs_mark = entry is not None and entry.is_free_text
        if entry is not None and (part := self._part_of(entry, at)):
            return [part]
        found = find_labels(self._lines, at, shapes, needs_mark=needs_mark)
        if not found and self._shape == "section_a":
            files = self._form.shapes["file"]
            found = find_labels(self._lines, at, [files], needs_mark=True)
            found = [label for label in found[:1] if label.key in self._form.begins]
        return found

    def _part_of(self, entry: Entry, at: int) -> Found | None:
        """Return a label that says something more about the value above it."""
        shape = self._form.parts.get(entry.key)
        found = find_labels(self._lines, at, [shape], needs_mark=False) if shape else []
        return found[0] if found else None

    def _begin(self, found: Found) -> None:
        """Begin the value of a label."""
        if found.value_x0 is not None:
            self._value_columns.add(round(found.value_x0))
        entry = self._entry
        parts = self._form.parts.get(entry.key) if entry is not None else None
        if entry is not None and parts is not None and found.key in parts.entries:
            entry.begin_part(parts.entries[found.key], found)
            return
        self._close()
        node = self._node_for(found)
        key = found.key
        is_text = self._form.is_text(self._block_shape(found), key)
        kind = "text" if is_text else self._form.kinds.get(key, "")
        self._entry = Entry(
            key, kind, node, found.x0, found.value_x0, list(found.fragments), found.last
        )

    def _block_shape(self, found: Found) -> str:
        has_it = self._block and found.key in self._form.shapes[self._block.shape].entries
        return self._block.shape if self._block and has_it else self._shape

    def _node_for(self, found: Found) -> Node:
        """Return the container a label belongs to; one that begins an item opens the next."""
        block, key = self._block, found.key
        group = self._form.begins.get(key, "")
        place = found.fragments[0].place
        if block is None or key not in self._form.shapes[block.shape].entries:
            self._block = None
            if not group or group not in self._form.shapes[self._shape].entries:
                return self._section
            shape = self._form.shape_of(self._shape, group) or ""
            self._block = Block(group, shape, self._section, place, is_list=True)
            return self._block.opened()
        if group and block.key.startswith(group) and block.node and key in block.node.fields:
            self._block = Block(block.key, block.shape, block.parent, place, block.is_list)
            return self._block.opened()
        return block.opened()

    def _unlabelled(self, line: Line) -> None:
        entry = self._entry
        concludes = fold(line.text).startswith(self._form.concludes)
        is_new = concludes or (
            entry is not None and entry.is_loose and self._form.is_form_text(line.text)
        )
        if entry is not None and not is_new and entry.goes_on(line, self._right):
            entry.add(line)
            self._take_numbers(line)
            return
        self._close()
        node = self._section if self._block is None else None
        if concludes:
            self._block = None
        if self._form.is_form_text(line.text):
            self._entry = Entry.loose(_FORM_TEXT, self._section, line)
        elif (unknown := self._unknown_label(line)) is not None:
            node = node or self._block_node()
            fragments = [Fragment("", line.place)]
            self._entry = Entry(unknown, "unread", node, line.x0, None, fragments, line)
        else:
            self._entry = Entry.loose(_TEXT, node or self._block_node(), line)
            self._take_numbers(line)

    def _block_node(self) -> Node:
        return self._block.opened() if self._block else self._section

    def _unknown_label(self, line: Line) -> str | None:
        """Return what looks like a label nobody knows, where labels are expected."""
        shape = self._block.shape if self._block else self._shape
        if shape in self._form.prose:
            return None
        label = label_like(line.text)
        if label is not None:
            return label.key
        cells = line.cells
        is_pair = len(cells) > 1 and round(cells[1].x0) in self._value_columns
        return cells[0].text if is_pair else None

    def _take_numbers(self, line: Line) -> None:
        """Keep the report numbers of a block that lists them."""
        block = self._block
        if block is not None and _NUMBERS in self._form.shapes[block.shape].entries:
            for number in _NUMBER.findall(line.text):
                block.opened().put(_NUMBERS, number, line.place)

    def _holds(self, grid: Grid) -> bool:
        """Say whether the open block can have such a table."""
        block = self._block
        if block is None:
            return False
        is_own = block.key.startswith(grid.form.key)
        return is_own or grid.form.key in self._form.shapes[block.shape].entries

    def _ends(self, grid: Grid, at: int) -> bool:
        """Say whether a line below a table begins with a label, and not with the type of a row."""
        found = self._labels(at)
        return bool(found) and not (
            grid.names_type(found[0].key) and grid.is_aligned(self._lines[at])
        )

    def _close(self) -> None:
        """End what is being read and put it where it belongs."""
        if self._grid is not None and self._block is not None:
            self._put_grid(self._grid, self._block)
        if self._entry is not None:
            put_entry(self._entry, self._form.not_said)
        self._grid = self._entry = None

    def _put_grid(self, grid: Grid, block: Block) -> None:
        is_own = block.key.startswith(grid.form.key)
        parent = block.parent if is_own else block.opened()
        put_rows(parent, block.key if is_own else grid.form.key, grid.rows, self._form.not_said)
