"""What the screens' process does beside the screens: answers commands, watches the drop folder.

One a process, started with the server and stopped with it; its store is the one the screens use.
"""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Final, Self, TypeVar

from workbench.composition import take_in, understand
from workbench.errors import StoreBusyError, WorkbenchError
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import Progress, ReportProgress
from workbench.keeping.channel import Line, Listener, Message, can_listen, clear_stale
from workbench.keeping.copying import beside, owner_only
from workbench.keeping.drop_folder import DropFolder, log_defect
from workbench.keeping.drop_folder import Status as DropStatus
from workbench.settings import Settings
from workbench.store.connection import Store

_LOG: Final = logging.getLogger(__name__)
_LONGEST_HOLD_SECONDS: Final = 600.0
_ENDS_WITHIN_SECONDS: Final = 30.0
Subject = TypeVar("Subject")
DROP_FOLDER_NAME: Final = "drop folder"  # stands as who imported


class _StoppingError(WorkbenchError):
    """The server stops; the import ends between two of its transactions."""


class Attendant:
    """Holds the store open for the server, and works beside it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lines: set[Line] = set()
        self.store = Store.open(settings.store)
        clear_uploads(settings.store)
        clear_stale(settings.store)
        self._listener = Listener(settings.store) if can_listen() else None
        self._drop_folder = (
            DropFolder(
                settings.drop_folder.absolute(),
                self._take_dropped,
                settle_seconds=settings.drop_settle_seconds,
            )
            if settings.drop_folder
            else None
        )

    @property
    def drop_status(self) -> DropStatus | None:
        """What the drop folder did; None: none is watched."""
        return self._drop_folder.status if self._drop_folder else None

    def start(self) -> Self:
        """Begin to answer and to watch."""
        if self._listener is not None:
            self._begin(self._answer_calls, self._listener)
        if self._drop_folder is not None:
            self._begin(self._watch, self._drop_folder)
        return self

    def stop(self) -> None:
        """End what is under way at its next whole step, and let the store go."""
        self._stopping.set()
        for line in list(self._lines):
            line.hang_up()
        until = time.monotonic() + _ENDS_WITHIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        if self._listener is not None:
            self._listener.close()
        self.store.close()

    def _begin(self, work: Callable[[Subject], None], subject: Subject) -> None:
        thread = threading.Thread(target=work, args=(subject,), daemon=True)
        self._threads = [*(t for t in self._threads if t.is_alive()), thread]
        thread.start()

    def _watch(self, drop_folder: DropFolder) -> None:
        drop_folder.watch(self._stopping, interval_seconds=self._settings.drop_interval_seconds)

    def _take_dropped(self, paths: Sequence[Path]) -> CountSheet:
        return self._import(paths, DROP_FOLDER_NAME, lambda _: None)

    def _import(self, paths: Sequence[Path], by: str | None, tell: ReportProgress) -> CountSheet:
        def tell_or_stop(progress: Progress) -> None:
            if self._stopping.is_set():
                raise _StoppingError("The screens are being closed.", remedy="Import again.")
            tell(progress)

        with self.store.cursor() as store:
            sheet = take_in(
                store, paths, self._settings, imported_by=by, report_progress=tell_or_stop
            )
            understand(store, self._settings)
        return sheet

    def _answer_calls(self, listener: Listener) -> None:
        while not self._stopping.is_set():
            try:
                line = listener.accept()
            except OSError as error:
                _LOG.warning("channel cannot be answered: %s", error.strerror)
                self._stopping.wait(1.0)
                continue
            if line is not None:
                self._begin(self._answer, line)

    def _answer(self, line: Line) -> None:
        """Do what one caller asks until it hangs up; whatever fails ends this call only."""
        self._lines.add(line)
        with line:
            try:
                while (asked := line.hear()) is not None:
                    if asked.get("ask") == "hold":
                        self._hold(line, float(asked["seconds"]))
                    elif asked.get("ask") == "import":
                        self._import_for(line, asked)
                    else:
                        line.say({"error": "This workbench does not know what was asked."})
            except OSError:
                return  # the caller is gone
            except Exception as error:  # noqa: BLE001 - one call must not end the others
                log_defect(_LOG, error)
                with suppress(OSError):
                    line.say({"error": f"Nobody foresaw this ({type(error).__name__})."})
            finally:
                self._lines.discard(line)

    def _hold(self, line: Line, seconds: float) -> None:
        """Hold commits back until the caller says so, hangs up, or takes too long."""
        seconds = min(seconds, _LONGEST_HOLD_SECONDS)
        try:
            with self.store.gate.held(patience=seconds):
                line.say({"held": True})
                heard = line.hear(seconds)
        except StoreBusyError as error:
            line.say({"error": str(error)})
            return
        except TimeoutError:
            line.say({"error": "Commits waited too long."})
            return
        if heard is not None:
            line.say({"released": True})

    def _import_for(self, line: Line, asked: Message) -> None:
        """Import for a command; a caller who hangs up ends the import as Ctrl-C would."""
        paths, by = [Path(path) for path in asked["paths"]], asked.get("by")

        def tell(progress: Progress) -> None:
            line.say({"progress": astuple(progress)})

        try:
            sheet = self._import(paths, by, tell)
        except WorkbenchError as error:
            line.say({"error": str(error)})
            return
        line.say({"sheet": sheet.as_json()})


_standing: Attendant | None = None
_standing_lock = threading.Lock()


def attend(settings: Settings) -> Attendant:
    """Open the store for this process and begin; the one that stands is returned if there is one.

    Raises:
        StoreLockedError: Another process has the store open.
        StoreError: It cannot be opened.
    """
    global _standing  # noqa: PLW0603 - one a process, as the store is
    with _standing_lock:
        if _standing is None:
            _standing = Attendant(settings).start()
        return _standing


def attendant_of(store: Path) -> Attendant | None:
    """Return the one that has this store open in this process; None where the server has none."""
    found = _standing
    return found if found is not None and found.store.path == store else None


def uploads_folder(store: Path) -> Path:
    """Return where uploads lie while they are read: beside the store, guarded as it is."""
    return beside(store.resolve(), ".uploads")


def make_uploads_folder(store: Path) -> Path:
    """Make it, for its owner only."""
    folder = uploads_folder(store)
    with owner_only():
        folder.mkdir(exist_ok=True)
    return folder


def clear_uploads(store: Path) -> None:
    """Take away what a killed import page left; to be called only by who holds the store."""
    shutil.rmtree(uploads_folder(store), ignore_errors=True)
