"""The drop folder: what lies in it is imported when it is whole, then moved to done or failed."""

import logging
import os
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from workbench.errors import WorkbenchError
from workbench.intake.count_sheet import CountSheet
from workbench.keeping.drop_moves import DONE, FAILED, put_away
from workbench.keeping.drop_units import Unit, Waiting, ready_units

_LOG: Final = logging.getLogger(__name__)
_KEPT_RESULTS: Final = 20
_PAUSE_AFTER_ERROR_SECONDS: Final = 60.0

Import = Callable[[Sequence[Path]], CountSheet]


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why nothing goes on: `code` is folder, move, store or defect; `detail` is a technician's."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file or sub-folder. `outcome` is done, failed or vanished."""

    at: datetime
    name: str
    outcome: str
    read: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Status:
    """What the Import page says. Results are newest first."""

    folder: Path
    looked_at: datetime | None = None
    waiting: int = 0
    complaint: Complaint | None = None
    results: tuple[Result, ...] = ()


class DropFolder:
    """Watches one folder. All but `status` is for one thread."""

    def __init__(self, folder: Path, take: Import, *, settle_seconds: float) -> None:
        self._folder = folder
        self._take = take
        self._waiting = Waiting(settle_seconds)
        self._imported: dict[Unit, CountSheet] = {}  # read, and not yet moved
        self._not_before: dict[Unit, float] = {}
        self._results: deque[Result] = deque(maxlen=_KEPT_RESULTS)
        self.status = Status(folder)

    def watch(self, stopping: threading.Event, *, interval_seconds: float) -> None:
        """Look again and again until told to stop; an error is said, and looking goes on."""
        while not stopping.is_set():
            try:
                self.look(stopping)
            except Exception as error:  # noqa: BLE001 - the next look may go well; nothing is lost
                self._say(_defect(error))
            stopping.wait(interval_seconds)

    def look(self, stopping: threading.Event | None = None) -> None:
        """Import what is whole, and put away what is imported."""
        try:
            self._make_places()
            units = ready_units(self._folder, self._waiting)
        except OSError as error:
            self._say(Complaint("folder", error.strerror or type(error).__name__))
            return
        complaint: Complaint | None = None
        for unit in units:
            if stopping is not None and stopping.is_set():
                return
            complaint = self._deal_with(unit) or complaint
        self._forget_all_but(units)
        self._say(complaint)

    def _make_places(self) -> None:
        for name in (DONE, FAILED):
            place = self._folder / name
            place.mkdir(exist_ok=True)
            if place.is_symlink() or not os.access(place, os.W_OK):
                raise PermissionError(13, f"{name}/ is a link or cannot be written to")
        if not os.access(self._folder, os.W_OK):
            raise PermissionError(13, "files cannot be moved out of it")

    def _deal_with(self, unit: Unit) -> Complaint | None:
        """Import a unit unless that was done, and put it away; return what stands in the way."""
        if self._not_before.get(unit, 0.0) > time.monotonic():
            return self.status.complaint
        try:
            if unit not in self._imported:
                started = time.monotonic()
                self._imported[unit] = sheet = self._take([unit.path])
                _LOG.info(
                    "drop_folder imported: batch %s, %d read, %d rejected, %.1f s",
                    *(sheet.batch_id, sheet.read, sheet.rejected, time.monotonic() - started),
                )
            self._put_away(unit, self._imported[unit])
        except WorkbenchError as error:
            return self._pause(unit, Complaint("store", str(error)), error)
        except OSError as error:
            return self._pause(unit, Complaint("move", error.strerror or ""), error)
        except Exception as error:  # noqa: BLE001 - a defect with one file must not stop the others
            return self._pause(unit, _defect(error), error)
        return None

    def _pause(self, unit: Unit, complaint: Complaint, error: Exception) -> Complaint:
        # The traceback and our own sentences name no person; a file's name may, and is left out.
        _LOG.warning("drop_folder %s: %s", complaint.code, type(error).__name__)
        self._not_before[unit] = time.monotonic() + _PAUSE_AFTER_ERROR_SECONDS
        return complaint

    def _put_away(self, unit: Unit, sheet: CountSheet) -> None:
        # What somebody went on writing to is new, and is imported when it is whole again.
        if unit.is_gone():
            self._note(unit, sheet, "vanished")
        elif not unit.has_changed():
            self._note(unit, sheet, put_away(self._folder, unit.path, sheet))
        del self._imported[unit]

    def _note(self, unit: Unit, sheet: CountSheet, outcome: str) -> None:
        now = datetime.now(UTC)
        self._results.appendleft(Result(now, unit.name, outcome, sheet.read, sheet.rejected))

    def _forget_all_but(self, units: Sequence[Unit]) -> None:
        """Drop what is no longer there, or no longer as it was."""
        for kept in (self._imported, self._not_before):
            for unit in set(kept) - set(units):
                del kept[unit]

    def _say(self, complaint: Complaint | None) -> None:
        self.status = replace(
            self.status,
            looked_at=datetime.now(UTC),
            waiting=self._waiting.count,
            complaint=complaint,
            results=tuple(self._results),
        )


def _defect(error: Exception) -> Complaint:
    log_defect(_LOG, error)
    return Complaint("defect", type(error).__name__)


def log_defect(log: logging.Logger, error: Exception) -> None:
    """Log where it happened, without its message: that may name a file, and so a person."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("defect: %s\n%s", type(error).__name__, where)
