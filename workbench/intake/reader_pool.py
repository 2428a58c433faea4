"""Several processes read, one order comes out: the order of the units, whoever was quicker."""

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from typing import Final

from workbench.errors import StoreError
from workbench.intake.piece import Piece
from workbench.intake.refusals import READER_DIED, TOOK_TOO_LONG, LeftOut
from workbench.intake.remote_reader import ReaderLostError, RemoteReader, Request, Setup
from workbench.intake.units import Unit

# Of files that are being read at the same time; a larger unit is read alone.
_MOST_BYTES_AT_ONCE: Final = 48 * 1024 * 1024
# Of pieces whose turn has not come. Who is ahead of it waits.
_MOST_BYTES_SHELVED: Final = 64 * 1024 * 1024
_LOOK_UP_SECONDS: Final = 0.3
_NAMELESS_ENDS: Final = 5  # of processes that ended before they had named a file


class ReaderPool:
    """Threads, each with one process at a time, take units in turn.

    A process that ends is replaced and its unit read again from where it was, file by file. A file
    at which two of these end is left out with a rejection, one that is too slow once it is known by
    name, and the rest goes on.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._taking = threading.Lock()
        self._changed = threading.Condition()
        # All below belong to whoever holds `_changed`.
        self._units: Iterator[tuple[int, Unit]] | None = None  # None: work is still being found
        self._shelves: dict[int, deque[Piece]] = defaultdict(deque)
        self._ended: set[int] = set()
        self._current = 0
        self._given = 0
        self._unit_count: int | None = None  # known when all have been given out
        self._bytes_read_at_once = 0
        self._bytes_shelved = 0
        self._failure: BaseException | None = None
        self._is_closing = False
        self._readers: set[RemoteReader] = set()
        self._threads: list[threading.Thread] = []

    def start(self, size: int) -> None:
        """Begin with so many, unless some have begun: their work may still be looked for."""
        if not self._threads:
            self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(size)]
            for thread in self._threads:
                thread.start()

    def close(self) -> None:
        """End every process, whatever it is doing, and every thread."""
        with self._changed:
            self._is_closing = True
            for reader in self._readers:
                reader.kill()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def process_ids(self) -> list[int]:
        """Return the system's numbers of the processes that run now."""
        with self._changed:
            return [reader.process_id for reader in self._readers]

    def pieces(self, units: Iterator[Unit], while_waiting: Callable[[], None]) -> Iterator[Piece]:
        """Yield the pieces of all units in order."""
        with self._changed:
            self._units = enumerate(units)
            self._changed.notify_all()
        while True:
            with self._changed:
                self._changed.wait_for(self._may_go_on, _LOOK_UP_SECONDS)
                if self._failure is not None:
                    raise self._failure
                shelf = self._shelves[self._current]
                piece = shelf.popleft() if shelf else None
                if piece is not None:
                    self._bytes_shelved -= piece.byte_count
                elif self._current in self._ended:
                    del self._shelves[self._current]
                    self._current += 1
                elif self._current == self._unit_count:
                    return
                self._changed.notify_all()
            if piece is not None:
                yield piece
            else:
                while_waiting()

    def _may_go_on(self) -> bool:
        return (
            self._failure is not None
            or bool(self._shelves[self._current])
            or self._current in self._ended
            or self._current == self._unit_count
        )

    def _work(self) -> None:
        reader: RemoteReader | None = None
        try:
            with self._changed:
                is_early = self._units is None
            if is_early:  # it starts while work is being found
                reader = self._start_reader()
            while (taken := self._next_unit()) is not None:
                number, unit = taken
                reader = self._read(number, unit, reader)
                if unit.byte_count > _MOST_BYTES_AT_ONCE:
                    self._stop_reader(reader)  # its memory goes with it
                    reader = None
                with self._changed:
                    self._ended.add(number)
                    self._bytes_read_at_once -= unit.byte_count
                    self._changed.notify_all()
        except BaseException as error:  # noqa: BLE001 - raised again where the pieces are taken
            with self._changed:
                if not self._is_closing:
                    self._failure = error
                self._changed.notify_all()
        finally:
            self._stop_reader(reader)

    def _next_unit(self) -> tuple[int, Unit] | None:
        with self._taking:
            with self._changed:
                self._changed.wait_for(lambda: self._is_closing or self._units is not None)
                if self._is_closing or self._units is None:
                    return None
            taken = next(self._units, None)
            with self._changed:
                if taken is None:
                    self._unit_count = self._given
                    self._changed.notify_all()
                    return None
                self._given += 1
                _, unit = taken
                self._changed.wait_for(lambda: self._is_closing or self._has_room_for(unit))
                self._bytes_read_at_once += unit.byte_count
            return taken

    def _has_room_for(self, unit: Unit) -> bool:
        held = self._bytes_read_at_once
        return not held or held + unit.byte_count <= _MOST_BYTES_AT_ONCE

    def _read(self, number: int, unit: Unit, reader: RemoteReader | None) -> RemoteReader | None:
        """Read a unit to its end; return the process that did, for the next one."""
        known = nameless = 0
        is_second = False
        suspect: str | None = None
        left_out: dict[str, LeftOut] = {}
        while not self._is_closing:
            reader = reader or self._start_reader()
            try:
                for piece in reader.read(Request(unit, known, is_second, left_out)):
                    known += 1
                    self._shelve(number, piece)
            except ReaderLostError as lost:
                self._stop_reader(reader)
                was_too_slow, reader = reader.was_too_slow, None
                if is_second and (lost.name is None or lost.name in left_out):
                    # Nothing more to leave out: it is not the file that was announced last.
                    nameless += 1
                    if nameless == _NAMELESS_ENDS:
                        raise _no_readers() from lost
                elif lost.name is not None and was_too_slow:
                    left_out[lost.name] = LeftOut(TOOK_TOO_LONG, known)
                elif lost.name is not None and lost.name == suspect:
                    left_out[lost.name] = LeftOut(READER_DIED, known)
                elif lost.name is not None:
                    suspect = lost.name  # somebody else may have ended the process just there
                is_second = True
            else:
                return reader
        return reader

    def _shelve(self, number: int, piece: Piece) -> None:
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._is_closing
                    or number == self._current
                    or self._bytes_shelved < _MOST_BYTES_SHELVED
                )
            )
            self._shelves[number].append(piece)
            self._bytes_shelved += piece.byte_count
            self._changed.notify_all()

    def _start_reader(self) -> RemoteReader:
        try:
            reader = RemoteReader(self._setup)
        except OSError as error:
            raise _no_readers() from error
        with self._changed:
            self._readers.add(reader)
            if self._is_closing:
                reader.kill()
        return reader

    def _stop_reader(self, reader: RemoteReader | None) -> None:
        if reader is not None:
            with self._changed:
                self._readers.discard(reader)
            reader.stop()


def _no_readers() -> StoreError:
    return StoreError(
        "The processes that read files cannot be kept running.",
        remedy="Set WORKBENCH_READERS=1, so that the import reads by itself, and import again: "
        "what was loaded stays, nothing is doubled.",
    )
