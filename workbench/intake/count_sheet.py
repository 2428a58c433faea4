"""What one import did: numbers that add up, and everything that was not loaded."""

import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.errors import RecordRejectedError
from workbench.intake.odd_characters import shown
from workbench.model.limits import DEFAULT_LIMITS, variable
from workbench.model.record import SetAside, UnreadFields

# Rejections that a sheet holds and shows, and as many things set aside: what one file and reason
# may list by default, twice over. Nobody reads more on a terminal or a page; the store has all.
MOST_SHOWN: Final = 2_000
_COLUMNS: Final = {
    "rejections": "file_name, location, message, remedy FROM referral.rejection",
    "set_aside": "file_name, kind, byte_count, reason FROM referral.set_aside",
}


@dataclass(slots=True)
class KindCount:
    """How much of one kind was set aside."""

    kind: str
    count: int = 0
    byte_count: int = 0


@dataclass(frozen=True, slots=True)
class NotShown:
    """What a sheet does not show, and the SQL that lists all of it."""

    count: int
    query: str

    def command(self, store: Path | None) -> str:
        """Return the command that lists all; None stands for the store that commands ask anyway."""
        of_store = f" --store {shlex.quote(str(store))}" if store is not None else ""
        return f'workbench query "{self.query}" --json{of_store}'


@dataclass(slots=True)
class CountSheet:
    """read = loaded + new_versions + duplicates + rejected, always.

    Of `rejections` and `set_aside` it holds the first `MOST_SHOWN`; all are counted.
    """

    batch_id: str
    files: int = 0
    read: int = 0
    loaded: int = 0
    new_versions: int = 0
    duplicates: int = 0
    rejected: int = 0
    rejections: list[dict[str, str]] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    rejections_not_shown: int = 0
    rejected_codes: dict[str, int] = field(default_factory=dict)  # how many for which reason
    set_aside_kinds: dict[str, KindCount] = field(default_factory=dict)
    unread: UnreadFields = field(default_factory=UnreadFields)
    # What somebody should look at though it was loaded: code and message, and what the code needs.
    warnings: list[dict[str, Any]] = field(default_factory=list)
    # Of one file and reason; a table with a million bad rows is put right from the first of them.
    most_listed: int = field(default=DEFAULT_LIMITS.rejections_listed, repr=False)
    # Of the file whose rejections come now, one after the other: by reason.
    _file: str = field(default="", repr=False)
    _listed: dict[str, int] = field(default_factory=dict, repr=False)
    _further: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)

    def reject(self, error: RecordRejectedError) -> list[dict[str, str]]:
        """Count one report that was not loaded; return the entries that are final by now.

        Beyond `most_listed` of one file and reason, one more entry says how many there were. That
        is known, and the entry returned, once another file's rejections come or `end_file` is told.
        """
        self.read += 1
        self.rejected += 1
        self.rejected_codes[error.code] = self.rejected_codes.get(error.code, 0) + 1
        entries = [] if error.place.file == self._file else self.end_file()
        self._file = error.place.file
        listed = self._listed[error.code] = self._listed.get(error.code, 0) + 1
        if listed <= self.most_listed:
            entry = _entry(error, shown(error.place.path), shown(error.message))
            entries.append(self._show(entry))
        elif listed == self.most_listed + 1:
            self._further[error.code] = _entry(error, "", "")
        return entries

    def _show(self, entry: dict[str, str]) -> dict[str, str]:
        if len(self.rejections) < MOST_SHOWN:
            self.rejections.append(entry)
        else:
            self.rejections_not_shown += 1
        return entry

    def end_file(self) -> list[dict[str, str]]:
        """Return what says how many more rejections the last file had."""
        entries = []
        for code, entry in self._further.items():
            more = self._listed[code] - self.most_listed
            entry["message"] = (
                f"{more:,} more of this file for the same reason ({code}); "
                f"{variable('rejections_listed')}, now {self.most_listed:,}, says how many are "
                "listed."
            )
            entries.append(self._show(entry))
        self._file, self._listed, self._further = "", {}, {}
        return entries

    def put_aside(self, aside: SetAside) -> dict[str, Any]:
        """Count something recognised that is not a report; return its entry."""
        entry = asdict(aside) | {"file": shown(aside.file)}
        kind = self.set_aside_kinds.setdefault(aside.kind, KindCount(aside.kind))
        kind.count += 1
        kind.byte_count += aside.byte_count
        if len(self.set_aside) < MOST_SHOWN:
            self.set_aside.append(entry)
        return entry

    @property
    def set_aside_count(self) -> int:
        """How much was set aside, shown or not."""
        return sum(kind.count for kind in self.set_aside_kinds.values())

    @property
    def set_aside_bytes(self) -> int:
        """How large all of it is together."""
        return sum(kind.byte_count for kind in self.set_aside_kinds.values())

    def kinds_set_aside(self) -> Sequence[KindCount]:
        """Return how much of each kind was set aside, most frequent first."""
        return sorted(self.set_aside_kinds.values(), key=lambda kind: (-kind.count, kind.kind))

    def codes_rejected(self) -> Sequence[tuple[str, int]]:
        """Return how many were rejected for which reason, most frequent first."""
        return sorted(self.rejected_codes.items(), key=lambda item: (-item[1], item[0]))

    def not_shown(self) -> dict[str, NotShown]:
        """Return what is in the store only, by list."""
        more = {
            "rejections": self.rejections_not_shown,
            "set_aside": self.set_aside_count - len(self.set_aside),
        }
        return {name: NotShown(count, self._query(name)) for name, count in more.items() if count}

    def _query(self, name: str) -> str:
        # Only ever shown to a person; the batch's name is our own.
        return f"SELECT {_COLUMNS[name]} WHERE batch_id = '{self.batch_id}'"

    @property
    def adds_up(self) -> bool:
        """Whether nothing vanished."""
        return self.read == self.loaded + self.new_versions + self.duplicates + self.rejected

    @property
    def exit_code(self) -> int:
        """0 nothing rejected, 20 some rejected, 21 nothing could be read."""
        if not self.rejected:
            return 0 if self.read else 21
        return 21 if self.read == self.rejected else 20

    def unread_fields(self) -> list[dict[str, Any]]:
        """Return fields that no allow-list names, most frequent first."""
        counts: dict[tuple[str, str], int] = {}
        for (source_format, path), count in self.unread.counts.items():
            # Twice, for an escape is longer than what it stands for: it stays what it is then.
            name = source_format, shown(shown(path))
            counts[name] = counts.get(name, 0) + count
        return [
            {"source_format": source_format, "field": field_name, "count": count}
            for (source_format, field_name), count in sorted(
                counts.items(), key=lambda item: (-item[1], item[0])
            )
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the sheet in the promised shape."""
        return {
            "batch_id": self.batch_id,
            "files": self.files,
            "read": self.read,
            "loaded": self.loaded,
            "new_versions": self.new_versions,
            "duplicates": self.duplicates,
            "rejected": self.rejected,
            "unread_fields": self.unread_fields(),
            "rejections": self.rejections,
            "rejected_codes": dict(self.codes_rejected()),
            "set_aside": self.set_aside,
            "set_aside_kinds": [asdict(kind) for kind in self.kinds_set_aside()],
            "not_shown": {name: asdict(more) for name, more in self.not_shown().items()},
            "warnings": self.warnings,
        }


def _entry(error: RecordRejectedError, location: str, message: str) -> dict[str, str]:
    return {
        "file": shown(error.place.file),
        "location": location,
        "code": error.code,
        "message": message,
        "remedy": error.remedy,
    }
