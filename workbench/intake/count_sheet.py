"""What one import did: numbers that add up, and everything that was not loaded."""

from dataclasses import asdict, dataclass, field
from typing import Any

from workbench.errors import RecordRejectedError
from workbench.intake.odd_characters import shown
from workbench.model.limits import DEFAULT_LIMITS, variable
from workbench.model.record import SetAside, UnreadFields


@dataclass(slots=True)
class CountSheet:
    """read = loaded + new_versions + duplicates + rejected, always."""

    batch_id: str
    files: int = 0
    read: int = 0
    loaded: int = 0
    new_versions: int = 0
    duplicates: int = 0
    rejected: int = 0
    rejections: list[dict[str, str]] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    unread: UnreadFields = field(default_factory=UnreadFields)
    # What somebody should look at though it was loaded: code and message, and what the code needs.
    warnings: list[dict[str, Any]] = field(default_factory=list)
    # Of one file and reason; a table with a million bad rows is put right from the first of them.
    most_listed: int = field(default=DEFAULT_LIMITS.rejections_listed, repr=False)
    _listed: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)
    _further: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict, repr=False)

    def reject(self, error: RecordRejectedError) -> None:
        """Count one report that was not loaded, with its place, reason and remedy.

        Beyond `most_listed` of one file and reason, the last entry says how many more there were.
        """
        self.read += 1
        self.rejected += 1
        key = (error.place.file, error.code)
        listed = self._listed[key] = self._listed.get(key, 0) + 1
        if listed <= self.most_listed:
            self.rejections.append(
                {
                    "file": shown(error.place.file),
                    "location": shown(error.place.path),
                    "code": error.code,
                    "message": shown(error.message),
                    "remedy": error.remedy,
                }
            )
            return
        if listed == self.most_listed + 1:
            self._further[key] = {
                "file": shown(error.place.file),
                "location": "",
                "code": error.code,
                "message": "",
                "remedy": error.remedy,
            }
            self.rejections.append(self._further[key])
        self._further[key]["message"] = (
            f"{listed - self.most_listed:,} more like the ones above; "
            f"{variable('rejections_listed')}, now {self.most_listed:,}, says how many are listed."
        )

    def put_aside(self, aside: SetAside) -> None:
        """Count something recognised that is not a report."""
        self.set_aside.append(asdict(aside) | {"file": shown(aside.file)})

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
        counted = sorted(self.unread.counts.items(), key=lambda item: (-item[1], item[0]))
        return [
            {"source_format": source_format, "field": shown(path), "count": count}
            for (source_format, path), count in counted
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
            "set_aside": self.set_aside,
            "warnings": self.warnings,
        }
