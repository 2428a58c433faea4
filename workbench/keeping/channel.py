"""How a command speaks to the screens that have the store open: one line each way, no network.

A Unix-domain socket in a folder of its owner's, named by a small file beside the store. The line is
JSON. Whoever hangs up, or dies, ends what was asked for.
"""

import json
import os
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

from workbench.errors import StoreBusyError
from workbench.keeping.copying import beside, owner_only

Message = dict[str, Any]
_LONGEST_LINE: Final = 64 * 1024 * 1024  # a count sheet of some thousand entries fits many times
_ENDING: Final = ".channel.json"


class Line:
    """One open connection; messages go both ways."""

    def __init__(self, connected: socket.socket) -> None:
        self._connected = connected
        self._reader = connected.makefile("rb")

    def say(self, message: Message) -> None:
        """Send a message.

        Raises:
            OSError: The other side is gone.
        """
        self._connected.sendall(json.dumps(message).encode() + b"\n")

    def hear(self, seconds: float | None = None) -> Message | None:
        """Wait for a message; None: the other side hung up.

        Raises:
            TimeoutError: Nothing came in time.
        """
        self._connected.settimeout(seconds)
        line = self._reader.readline(_LONGEST_LINE)
        self._connected.settimeout(None)
        heard = json.loads(line) if line.endswith(b"\n") else None
        return heard if isinstance(heard, dict) else None

    def hang_up(self) -> None:
        """End it from another thread: who waits to hear something hears that nobody is there."""
        with suppress(OSError):  # the other side was quicker
            self._connected.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up."""
        self._reader.close()
        self._connected.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Listener:
    """The screens' end. Open it only while this process holds the store."""

    def __init__(self, store: Path) -> None:
        self._pointer = beside(store.resolve(), _ENDING)
        clear_stale(store)
        # A socket's path must be short, which a store's need not be.
        self._folder = Path(tempfile.mkdtemp(prefix="workbench-"))
        self._address = self._folder / "channel"
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listening.bind(str(self._address))
        self._listening.listen()
        self._listening.settimeout(1.0)
        with owner_only():
            written = beside(self._pointer, ".part")
            written.unlink(missing_ok=True)
            written.write_text(json.dumps({"address": str(self._address)}), encoding="utf-8")
            written.replace(self._pointer)

    def accept(self) -> Line | None:
        """Wait a second for somebody; None when nobody came.

        Raises:
            OSError: The listener is closed.
        """
        try:
            connected, _ = self._listening.accept()
        except TimeoutError:
            return None
        return Line(connected)

    def close(self) -> None:
        """Take the channel away."""
        self._pointer.unlink(missing_ok=True)
        self._listening.close()
        self._address.unlink(missing_ok=True)
        self._folder.rmdir()


def can_listen() -> bool:
    """Say whether this system has such sockets; Windows has not."""
    return sys.platform != "win32"


def clear_stale(store: Path) -> None:
    """Take away what killed screens left; to be called only by who holds the store."""
    address = _address_of(store)
    beside(store.resolve(), _ENDING).unlink(missing_ok=True)
    if address is None:
        return
    try:
        if stat.S_ISSOCK(os.lstat(address).st_mode):
            address.unlink()
            address.parent.rmdir()
    except OSError:
        return  # it is gone, or is not ours to take away


def _address_of(store: Path) -> Path | None:
    try:
        found = json.loads(beside(store.resolve(), _ENDING).read_bytes())
        return Path(found["address"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def call(store: Path) -> Line | None:
    """Connect to the screens that have the store open; None when nobody answers there."""
    address = _address_of(store)
    if address is None or not can_listen():
        return None
    connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connected.connect(str(address))
    except OSError:
        connected.close()
        return None
    return Line(connected)


@contextmanager
def commits_held(line: Line, *, seconds: float) -> Iterator[None]:
    """Have the screens hold commits back inside the block, and make sure that they did throughout.

    Raises:
        StoreBusyError: They could not, or gave up before the block ended.
    """
    line.say({"ask": "hold", "seconds": seconds})
    _expect(line, "held", seconds)
    yield
    line.say({"ask": "release"})
    _expect(line, "released", seconds)


def _expect(line: Line, word: str, seconds: float) -> None:
    try:
        heard = line.hear(seconds)
    except TimeoutError as error:
        raise StoreBusyError(
            f"The screens did not answer within {seconds:.0f} seconds.",
            remedy="Try again, or close the screens first. Nothing was changed.",
        ) from error
    if heard is None or word not in heard:
        said = (heard or {}).get("error", "They were closed, or held back for too long.")
        raise StoreBusyError(
            f"The screens broke off: {said}", remedy="Try again. Nothing was changed."
        )
