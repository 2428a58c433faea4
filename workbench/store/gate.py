"""Who may write when: commits that can be held back for a moment, and imports that take turns."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.errors import StoreBusyError


class Gate:
    """Shared by all handles of one open store.

    Only commits are held back. What a transaction has written before its commit lies in parts of
    the file that nothing refers to yet, and in memory, so a copy made in between leaves it out; and
    a file copied while nothing is committed is what a crash at that moment would have left, which
    DuckDB opens. Readers, and writers that do not commit yet, go on.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._commits = 0
        self._is_held = False
        # Two imports at once would each find that the other's reports are not there yet.
        self.turn = threading.RLock()
        self.import_at_work: str | None = None  # the batch that is being read now

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Commit inside the block, when nobody holds commits back."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_held)
            self._commits += 1
        try:
            yield
        finally:
            with self._changed:
                self._commits -= 1
                self._changed.notify_all()

    @contextmanager
    def held(self, *, patience: float) -> Iterator[None]:
        """Hold commits back inside the block; those that have begun end before it.

        Args:
            patience: Seconds to wait for them, and for another who holds back.

        Raises:
            StoreBusyError: They took longer; nothing is held back any more.
        """
        until = time.monotonic() + patience
        with self._changed:
            if not self._changed.wait_for(lambda: not self._is_held, patience):
                raise _busy()
            self._is_held = True
            if not self._changed.wait_for(lambda: not self._commits, until - time.monotonic()):
                self._release()
                raise _busy()
        try:
            yield
        finally:
            with self._changed:
                self._release()

    def _release(self) -> None:
        self._is_held = False
        self._changed.notify_all()


def _busy() -> StoreBusyError:
    return StoreBusyError(
        "The store did not come to rest in time.", remedy="Try again in a moment."
    )
