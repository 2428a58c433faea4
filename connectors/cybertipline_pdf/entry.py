"""What is open while a report is read: a block, and the value of one label."""

import re
from dataclasses import dataclass, field
from typing import Final

from connectors.cybertipline_pdf.form import label_like
from connectors.cybertipline_pdf.labels import Found
from connectors.cybertipline_pdf.lines import Line
from connectors.cybertipline_pdf.tree import TEXT, Node
from connectors.cybertipline_pdf.values import Fragment, joined, read_value, text_of

_ALIGNED: Final = 4.0  # points
_ROOM: Final = 2.0  # points that a line may stay short of the edge and still be full
# What a further line of a value looks like, by the kind of the value.
_GOES_ON: Final = {
    "ip_event": re.compile(
        r"\(|port\b|\d{1,2}\s*[-/]\s*\d|\d{4}-\d|\d{1,2}:\d{2}|UTC\b|[0-9a-f:.]+(?:\s*\(|\s*$)",
        re.IGNORECASE,
    ),
    "time": re.compile(r"\d{1,2}\s*[-/:]|\d{4}\b|UTC\b|GMT\b", re.IGNORECASE),
    "day": re.compile(r"[-/\d]+\s*$"),
    "numbers": re.compile(r"[\d,;\s]+$"),
    "contact": re.compile(r"\(|.*\)\s*$"),
}


@dataclass(slots=True)
class Block:
    """What is open below a section: a party, a file, the provider. Made when it says something."""

    key: str
    shape: str
    parent: Node
    place: str
    is_list: bool
    node: Node | None = None

    def opened(self) -> Node:
        """Return the container."""
        if self.node is None:
            make = self.parent.item if self.is_list else self.parent.child
            self.node = make(self.key, self.place)
        return self.node


@dataclass(slots=True)
class Entry:
    """The value of a label, or a text without one, while its lines are gathered."""

    key: str
    kind: str  # of `[values]`; "text" keeps the lines, "unread" counts the label
    node: Node
    x0: float
    value_x0: float | None  # where the value begins, when it stands in a column of its own
    fragments: list[Fragment]
    last: Line
    is_loose: bool = False  # without a label, so any label ends it
    parts: dict[str, list[Fragment]] = field(default_factory=dict)

    @classmethod
    def loose(cls, key: str, node: Node, line: Line) -> "Entry":
        """Begin a text that has no label."""
        fragments = [Fragment(line.text, line.place)]
        return cls(key, "text", node, line.x0, None, fragments, line, is_loose=True)

    @property
    def is_free_text(self) -> bool:
        """Whether anything may stand in it, labels too."""
        return self.kind == "text" and not self.is_loose

    def begin_part(self, name: str, found: Found) -> None:
        """Go on with what a further label says about the value."""
        self.parts[name] = list(found.fragments)
        self.value_x0, self.last = found.value_x0, found.last

    def add(self, line: Line) -> None:
        """Take a further line."""
        pieces = list(self.parts.values())[-1] if self.parts else self.fragments
        pieces.append(Fragment(line.text, line.place))
        self.last = line

    def goes_on(self, line: Line, right: float) -> bool:
        """Say whether a line without a label continues the value.

        Args:
            line: The line below.
            right: Where the longest lines of the report end.
        """
        if self.kind == "text":
            return not self.is_loose or self.key == TEXT or self.fills_line(line, right)
        if self.value_x0 is not None:
            return abs(line.x0 - self.value_x0) < _ALIGNED
        if label_like(line.text) is not None and not joined(self.fragments).endswith(("/", "_")):
            return False
        if not joined(self.fragments) or self.kind in {"lines", "submitter"}:
            return True
        pattern = _GOES_ON.get(self.kind)
        if pattern is not None and pattern.match(line.text) and self._is_unfinished():
            return True
        return line.x0 > self.x0 + _ALIGNED or self.fills_line(line, right)

    def _is_unfinished(self) -> bool:
        """Say whether a contact's bracket is open; values of the other kinds are never certain."""
        text = joined(self.fragments)
        return self.kind != "contact" or text.count("(") != text.count(")") or "(" not in text

    def fills_line(self, line: Line, right: float) -> bool:
        """Say whether the first word of a line had no room on the line above."""
        first = line.words[0]
        return self.last.x1 + (first.x1 - first.x0) + _ROOM > right


def put_entry(entry: Entry, not_said: frozenset[str]) -> None:
    """Put a finished value into its container."""
    pieces = entry.fragments or [Fragment("", entry.last.place)]
    place = pieces[0].place
    if entry.kind == "unread":
        entry.node.put(entry.key, joined(pieces), place)
    elif entry.kind == "text":
        if text := text_of(pieces):
            entry.node.put(entry.key, text, place)
    else:
        parts = {name: joined(said) for name, said in entry.parts.items()}
        entry.node.put(entry.key, read_value(entry.kind, pieces, parts, not_said), place)
