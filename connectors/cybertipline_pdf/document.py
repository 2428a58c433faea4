"""Lines of a report -> the tree of its sections, blocks and values."""

import re
from collections.abc import Sequence
from typing import Final

from connectors.cybertipline_pdf.contents import Contents
from connectors.cybertipline_pdf.entry import Block, Entry, put_entry
from connectors.cybertipline_pdf.form import Form, fold
from connectors.cybertipline_pdf.grids import Grid, find_grid
from connectors.cybertipline_pdf.labels import Found
from connectors.cybertipline_pdf.lines import Line
from connectors.cybertipline_pdf.looks import Looks
from connectors.cybertipline_pdf.search import LabelSearch
from connectors.cybertipline_pdf.tree import TEXT, Node, Tree, put_rows
from connectors.cybertipline_pdf.values import Fragment

_FORM_TEXT: Final = "(form text)"
_NUMBERS: Final = "numbers"
_NUMBER: Final = re.compile(r"(?<!\d)\d{7,10}(?!\d)")
_ALIGNED: Final = 4.0  # points


class DocumentReader:
    """Reads one report, line by line."""

    def __init__(self, form: Form, lines: Sequence[Line]) -> None:
        self.tree = Tree()
        self._form = form
        self._lines = lines
        self._has_sections = any(form.section(line.text) for line in lines)
        self._looks = Looks(form, lines)
        self._search = LabelSearch(form, lines, self._looks)
        self._contents = Contents(form)
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
        if self._is_written(at):
            self._keep_written(at)
        elif self._contents.begins(line):
            self._close()
        elif not (
            self._takes_inside(line)
            or self._contents.holds(line, lambda: bool(self._labels(at)))
            or self._opens(line)
        ):
            return self._take_content(at)
        return 1

    def _take_content(self, at: int) -> int:
        """Read a line that is no heading; return how many lines it took."""
        line = self._lines[at]
        if self._grid is not None:
            if not self._ends(self._grid, at) and self._grid.takes(line):
                return 1
            self._close()
        if (grid := find_grid(self._lines, at, self._form.grids)) and self._holds(grid):
            self._looks.learn(line.words[0].look, self._entry)
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

    def _is_written(self, at: int) -> bool:
        """Say whether a line belongs to what somebody wrote, whatever it says."""
        entry = self._entry
        if entry is not None and self._search.part_of(entry, at) is not None:
            return False
        is_page_top = not at or self._lines[at].page != self._lines[at - 1].page
        return self._looks.is_written(self._lines[at], entry, is_page_top=is_page_top)

    def _keep_written(self, at: int) -> None:
        """Go on with a text or value; count a line that reads as a label or heading."""
        line, entry = self._lines[at], self._entry
        is_certain = entry is not None and (entry.is_free_text or self._looks.fills(line, entry))
        if fold(line.text).startswith(self._form.concludes):
            if entry is None or not is_certain:
                self._unlabelled(line)
            elif self._looks.tell_labels(entry):
                entry.add(line)
            else:
                self._conclude(entry, line)
            return
        if self._search.reads_as_form(at, self._shape, self._block):
            self.tree.missed.append(self._block.key if self._block else self._shape)
        if entry is not None and is_certain:
            entry.add(line)
        else:
            self._unlabelled(line)

    def _conclude(self, entry: Entry, line: Line) -> None:
        """End the block; whether the form said so or somebody wrote it, what follows is text."""
        self._close()
        self._block = None
        fragments = [Fragment(line.text, line.place)]
        self._entry = Entry(TEXT, "text", self._section, entry.x0, entry.value_x0, fragments, line)

    def _takes_inside(self, line: Line) -> bool:
        """Add a line that begins in a later column of an open table: no label is there."""
        grid = self._grid
        if grid is None or line.x0 <= grid.left + _ALIGNED or self._looks.is_the_forms(line):
            return False
        return grid.takes(line)

    def _opens(self, line: Line) -> bool:
        """Read a line that is a heading."""
        above = self._entry
        is_heading = self._opens_any(line)
        if is_heading:
            self._looks.learn(line.words[0].look, above)
        return is_heading

    def _opens_any(self, line: Line) -> bool:
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
        found = None if self._has_sections else self._form.section_heading(line.text)
        if found is None:
            return False
        section, key, is_continued = found
        self._enter(section, line)
        self._open(key, is_continued, line)
        return True

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
            self._looks.enter_block(is_about_somebody=True)
            self._entry = Entry(key, "text", self._section, line.x0, None, [], line)
            return
        is_list = self._form.is_list(self._shape, key)
        self._looks.enter_block(is_about_somebody=is_list)
        self._block = Block(key, shape, self._section, line.place, is_list)

    def _open_inside(self, block: Block, key: str, line: Line) -> None:
        """Read a heading within a block: of a table, or of a text."""
        self._close()
        if not self._form.shapes[block.shape].is_container(key):
            self._entry = Entry(key, "text", block.opened(), line.x0, None, [], line)

    def _labels(self, at: int) -> list[Found]:
        return self._search.labels(at, self._shape, self._block, self._entry)

    def _begin(self, found: Found) -> None:
        """Begin the value of a label."""
        self._search.learn_column(found)
        entry = self._entry
        parts = self._form.parts.get(entry.key) if entry is not None else None
        if entry is not None and parts is not None and found.key in parts.entries:
            entry.begin_part(parts.entries[found.key], found)
            return
        self._looks.learn(found.look, entry)
        self._looks.enter_label(found.look)
        self._close()
        node = self._node_for(found)
        kind = self._form.kind_of([self._inner_shape(), self._shape], found.key)
        self._entry = Entry(
            found.key, kind, node, found.x0, found.value_x0, list(found.fragments), found.last
        )

    def _inner_shape(self) -> str:
        return self._block.shape if self._block else self._shape

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
            self._looks.enter_block(is_about_somebody=True)
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
        if entry is not None and not is_new and entry.goes_on(line, self._looks.right):
            entry.add(line)
            self._take_numbers(line)
            return
        self._close()
        node = self._section if self._block is None else None
        if concludes:
            self._block = None
        if self._form.is_form_text(line.text):
            self._entry = Entry.loose(_FORM_TEXT, self._section, line)
        elif (unknown := self._search.unknown(line, self._inner_shape())) is not None:
            node = node or self._block_node()
            fragments = [Fragment("", line.place)]
            self._entry = Entry(unknown, "unread", node, line.x0, None, fragments, line)
        else:
            self._entry = Entry.loose(TEXT, node or self._block_node(), line)
            self._take_numbers(line)

    def _block_node(self) -> Node:
        return self._block.opened() if self._block else self._section

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
        grid, block = self._grid, self._block
        if grid is not None and block is not None:
            is_own = block.key.startswith(grid.form.key)
            parent = block.parent if is_own else block.opened()
            key = block.key if is_own else grid.form.key
            put_rows(parent, key, grid.rows, self._form.not_said)
        if self._entry is not None:
            put_entry(self._entry, self._form.not_said)
        self._grid = self._entry = None
