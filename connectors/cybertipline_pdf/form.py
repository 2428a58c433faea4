"""The labels and headings of `fields.toml`, ready for looking lines up in."""

import re
import tomllib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, Final

_SECTION: Final = re.compile(r"section\s+([a-d])\s*(?:[:.\-–—(].*)?", re.IGNORECASE)
_CONTINUED: Final = re.compile(r"\s*\((?:continued|cont\.?|cont'd)\)$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*(?:#|no\.?)?\s*\(?\d+(?:\s+of\s+\d+)?\)?$", re.IGNORECASE)
_NUMBER_IN_BRACKET: Final = re.compile(r"\s*#?\d+\s*\)")
_LABEL_LIKE: Final = re.compile(r"[A-ZÆØÅ][\w/&'’().?-]*(?: [\w/&'’().?-]+){0,6}")
_SECTIONS: Final = ("Section A", "Section B", "Section C", "Section D")
_ANY_WORDS: Final = "..."
_LONGEST_KEPT: Final = 200  # letters of a line; a heading has some dozens
_CONTAINERS: Final = ("shape", "row", "route")


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the beginning of a text, and what stands behind it."""

    key: str
    rest: str


@dataclass(frozen=True, slots=True)
class GridForm:
    """A kind of table: the columns it may have, and the one that begins a row."""

    key: str
    row_begins: str
    columns: Mapping[str, str]  # folded -> as the shape writes it


def fold(text: str) -> str:
    """Return a text without case and with single blanks."""
    return " ".join(text.casefold().split())


class ShapeForm:
    """The labels and headings that may stand in one container."""

    def __init__(
        self, entries: Mapping[str, Any], bare: Sequence[str] = (), kinds: Container[str] = ()
    ) -> None:
        self.entries = entries
        self._kinds = kinds  # labels whose values are taken apart, so they head nothing
        self._labels = {fold(key): key for key in entries if not key.startswith("(")}
        self._bare = [key for key in bare if key in entries]
        self._questions = [(key, _question(key)) for key in entries if _ANY_WORDS in key]

    @cached_property
    def headings(self) -> dict[str, str]:
        """Folded text -> key of what a line by itself opens."""
        return {
            fold(key): key
            for key, entry in self.entries.items()
            if (self.is_container(key) and key not in self._kinds)
            or (isinstance(entry, dict) and "text" in entry)
        }

    def is_container(self, key: str) -> bool:
        """Say whether the key holds further labels."""
        entry = self.entries.get(key)
        return isinstance(entry, dict) and any(kind in entry for kind in _CONTAINERS)

    def find(self, text: str, *, is_alone: bool) -> Label | None:
        """Return the label a text begins with.

        Args:
            text: A line or cell, or several joined.
            is_alone: The text is a cell of its own, so that a label needs no colon behind it.
        """
        before, colon, after = text.partition(":")
        key = self._labels.get(fold(before))
        if key is not None and (colon or is_alone):
            return Label(key, after.strip())
        for key in self._bare:
            if fold(text).startswith(fold(key) + " "):
                return Label(key, " ".join(text.split()[len(key.split()) :]).lstrip(":# "))
        for key, question in self._questions:
            if found := question.match(text):
                return Label(key, text[found.end() :].strip(" :"))
        return None

    def may_begin(self, text: str) -> bool:
        """Say whether a label begins with this text and goes on."""
        folded = fold(text)
        return any(label.startswith(folded + " ") for label in self._labels) or any(
            folded.startswith(begin) or begin.startswith(folded + " ")
            for begin in (fold(key.partition(_ANY_WORDS)[0]) for key, _ in self._questions)
        )


def _question(key: str) -> re.Pattern[str]:
    parts = [r"\s+".join(map(re.escape, part.split())) for part in key.split(_ANY_WORDS)]
    return re.compile(r"\b[^?:]{0,120}?".join(parts), re.IGNORECASE)


class Form:
    """All of `fields.toml` that concerns the look of a report."""

    def __init__(self) -> None:
        source = tomllib.loads((files(__package__) / "fields.toml").read_text(encoding="utf-8"))
        layout = source["layout"]
        self.kinds = {label: kind for kind, labels in source["values"].items() for label in labels}
        self.shapes = {
            name: ShapeForm(entries, layout["bare"], self.kinds)
            for name, entries in source["shapes"].items()
        }
        self.grids = [
            GridForm(grid["key"], grid["row_begins"], {fold(c): c for c in grid["columns"]})
            for grid in source["grid"]
        ]
        self.begins: Mapping[str, str] = layout["begins"] | {
            grid.row_begins: grid.key for grid in self.grids if grid.row_begins in self.kinds
        }
        self.parts = {key: ShapeForm(parts) for key, parts in layout["parts"].items()}
        self.prose = frozenset(layout["prose"])
        self.concludes = fold(layout["concludes"])
        self.not_said = frozenset(fold(text) for text in layout["not_said"])
        self._same = {fold(text): fold(key) for text, key in layout["same"].items()}
        self._ends = frozenset(fold(text) for text in layout["ends"])
        self._contents = frozenset(fold(text) for text in layout["contents"])
        self._form_text = tuple(fold(text) for text in layout["form_text"])

    def shape_of(self, shape: str, key: str) -> str | None:
        """Return the shape of what a container holds under a key; None for a plain field."""
        entry = self.shapes[shape].entries.get(key)
        return entry.get("shape") if isinstance(entry, dict) else None

    def is_list(self, shape: str, key: str) -> bool:
        """Say whether each heading opens a container of its own."""
        entry = self.shapes[shape].entries.get(key)
        return isinstance(entry, dict) and "row" in entry

    def is_text(self, shape: str, key: str) -> bool:
        """Say whether a key holds free text."""
        entry = self.shapes[shape].entries.get(key)
        return isinstance(entry, dict) and "text" in entry

    def kind_of(self, shapes: Sequence[str], key: str) -> str:
        """Return how the value of a key is taken apart, by the first shape that has the key."""
        holder = next((shape for shape in shapes if key in self.shapes[shape].entries), shapes[-1])
        return "text" if self.is_text(holder, key) else self.kinds.get(key, "")

    def may_be_label(self, text: str) -> bool:
        """Say whether a text is a label of any container, or begins one."""
        return any(
            shape.find(text, is_alone=True) is not None or shape.may_begin(text)
            for shape in self.shapes.values()
        )

    def section(self, text: str) -> str | None:
        """Return `Section A` for a line that opens it."""
        found = _SECTION.fullmatch(text.strip())
        return f"Section {found[1].upper()}" if found else None

    def heading(self, shape: str, text: str) -> tuple[str, bool] | None:
        """Return the key that a line by itself opens, and whether it goes on with the last one."""
        is_kept = len(text) <= _LONGEST_KEPT
        forms, is_continued = (_heading_forms if is_kept else _heading_forms.__wrapped__)(text)
        headings = self.shapes[shape].headings
        for folded in forms:
            key = headings.get(self._same.get(folded, folded))
            if key is not None:
                return key, is_continued
        return None

    def section_heading(self, text: str) -> tuple[str, str, bool] | None:
        """Return the section whose heading a line is, with what `heading` says of it."""
        for section in _SECTIONS:
            shape = self.shape_of("report", section) or ""
            found = self.heading(shape, text)
            if found is not None and self.shapes[shape].is_container(found[0]):
                return section, *found
        return None

    def ends_block(self, text: str) -> bool:
        """Say whether a line is a heading that leads back to the section."""
        return fold(text.strip().rstrip(":")) in self._ends

    def is_contents(self, text: str) -> bool:
        """Say whether a line is the heading of the table of contents."""
        return fold(text.strip().rstrip(":")) in self._contents

    def is_form_text(self, text: str) -> bool:
        """Say whether a line begins a sentence of the form itself."""
        return fold(text).startswith(self._form_text)


@lru_cache(maxsize=1_000)  # each line of a page is asked for every shape
def _heading_forms(text: str) -> tuple[tuple[str, ...], bool]:
    """Return how a heading may be written, folded, and whether the line says it goes on."""
    whole = text.strip().rstrip(":").strip()
    bare = _CONTINUED.sub("", whole)
    forms = (bare, _NUMBER.sub("", bare), _NUMBER_IN_BRACKET.sub(")", bare))
    return tuple(map(fold, forms)), bare != whole


def label_like(text: str) -> Label | None:
    """Return what looks like a label that nobody knows: a few words before a colon."""
    before, colon, after = text.partition(":")
    if colon and (not after or after[0].isspace()) and _LABEL_LIKE.fullmatch(before.strip()):
        return Label(before.strip(), after.strip())
    return None
