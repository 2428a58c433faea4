"""What a reader of hash lists gives: columns of hashes as written, a block at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

# Labels that rules know; any other is the unit's own, shown and without effect.
KNOWN, VIRAL, NOT_RELEVANT = "known", "viral", "not_relevant"


@dataclass(slots=True)
class WrittenHashes:
    """Some hashes of a list as written, column by column; every column is as long as the others.

    `line_no` counts from 1. `stated` is the kind of hash that a header, a column or the person who
    loads the list names; empty where nobody does. `fault` names what keeps a line from being a hash
    at all (then `written` is empty); empty for the rest.
    """

    line_no: list[int] = field(default_factory=list)
    stated: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    fault: list[str] = field(default_factory=list)

    def add(self, line_no: int, stated: str, written: str, fault: str = "") -> None:
        """Add one hash, or one line that holds none."""
        self.line_no.append(line_no)
        self.stated.append(stated)
        self.written.append(written)
        self.fault.append(fault)

    def __len__(self) -> int:
        return len(self.line_no)


class HashListFile(Protocol):
    """A list of hashes that can be read from its beginning, block by block."""

    @property
    def name(self) -> str:
        """Return the file's name."""

    @property
    def sha256(self) -> str:
        """Return the digest of the whole file."""

    def blocks(self) -> Iterator[WrittenHashes]:
        """Yield the hashes in the order of the file, a bounded number at a time."""
