"""What one import did: numbers that add up, and everything that was not loaded."""

from dataclasses import asdict, dataclass, field
from typing import Any

from workbench.errors import RecordRejectedError
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

    def reject(self, error: RecordRejectedError) -> None:
        """Count one report that was not loaded, with its place, reason and remedy."""
        self.read += 1
        self.rejected += 1
        self.rejections.append(
            {
                "file": error.place.file,
                "location": error.place.path,
                "code": error.code,
                "message": error.message,
                "remedy": error.remedy,
            }
        )

    def put_aside(self, aside: SetAside) -> None:
        """Count something recognised that is not a report."""
        self.set_aside.append(asdict(aside))

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
            {"source_format": source_format, "field": path, "count": count}
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
        }
