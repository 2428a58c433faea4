"""What CSV text and workbooks become: sheets of text cells, each row with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from workbench.model.record import SetAside, SourceFile

_SUFFIXES: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})


@dataclass(slots=True, frozen=True)
class Line:
    """One row of cells. `place` is how an officer finds it: `line 4`, `Sheet1!A4`."""

    place: str
    cells: list[Any]  # text, True, False, None; dates and times as ISO text
    part_read: float = 0.0  # of the file, where it is known
    delimiter: str = ""  # of a row that goes over several lines of CSV
    is_garbled: bool = False  # has bytes that are no letters


@dataclass(slots=True, frozen=True)
class Sheet:
    """A table with its name; empty for CSV, which has one."""

    name: str
    lines: Iterator[Line]
    notes: list[SetAside] = field(default_factory=list)  # complete when the lines are read


def is_table_by_name(file: SourceFile) -> bool:
    """Say whether somebody called it a table, so that the lack of a map is worth saying."""
    return PurePath(file.name).suffix.lower() in _SUFFIXES
