"""How far an import is, and telling somebody a few times a second."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workbench.intake.piece import Piece

_SECONDS_BETWEEN: Final = 0.2
# The last of what was read is still to be written, so reading alone never makes an import whole.
_MOST_BEFORE_THE_END: Final = 0.99


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. `total_bytes` is the size on disk; packages unpack to more."""

    done_bytes: int
    total_bytes: int
    reports: int
    seconds: float
    files_found: int | None = None  # so far, while files are still being looked for

    @property
    def is_finding(self) -> bool:
        """Whether files are still being looked for, so that nothing has been read yet."""
        return self.files_found is not None

    @property
    def fraction(self) -> float:
        """Part done, 0 to 1."""
        if self.is_finding:
            return 0.0
        return min(self.done_bytes / self.total_bytes, 1.0) if self.total_bytes else 1.0

    @property
    def reports_per_second(self) -> float:
        """Rate so far; 0 at the beginning."""
        return self.reports / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time left at this rate; None while nothing is done."""
        return self.seconds * (1 - self.fraction) / self.fraction if self.fraction else None


ReportProgress = Callable[[Progress], None]


class Clock:
    """Adds up what was read. What it tells never goes back, and is whole only at the end."""

    def __init__(self, report: ReportProgress) -> None:
        self._report = report
        self._total_bytes = 0
        self._started = time.monotonic()
        self._told = 0.0
        self._done_bytes = 0
        self._reports = 0

    def found(self, files: int) -> None:
        """Tell how many files there are so far, if the last time was a while ago."""
        if self._is_time():
            self._report(Progress(0, 0, 0, 0.0, files))

    def start(self, total_bytes: int) -> None:
        """Begin with reading: from now on seconds count."""
        self._total_bytes = total_bytes
        self._started = time.monotonic()

    def saw(self, piece: Piece) -> None:
        """Count a piece that was read."""
        self._done_bytes += piece.done_bytes
        self._reports += piece.record_count + len(piece.rejections)
        self.tick()

    def tick(self) -> None:
        """Tell, if the last time was a while ago."""
        if self._is_time():
            self._tell(min(self._done_bytes, int(self._total_bytes * _MOST_BEFORE_THE_END)))

    def _is_time(self) -> bool:
        now = time.monotonic()
        is_time = now - self._told > _SECONDS_BETWEEN
        if is_time:
            self._told = now
        return is_time

    def finish(self, reports: int) -> None:
        """Tell that the import is whole."""
        self._reports = reports
        self._tell(self._total_bytes)

    def _tell(self, done_bytes: int) -> None:
        seconds = time.monotonic() - self._started
        self._report(Progress(done_bytes, self._total_bytes, self._reports, seconds))
