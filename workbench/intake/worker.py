"""The process that reads files for an import: `python -m workbench.intake.worker`.

Its input is a `Setup` and then `Request`s, pickled by the process that started it; its output is
lines of JSON, each followed by the buffers it names. It has no store. It ends with its input, also
in the middle of a file: when the import is killed, nobody is left to read for.
"""

import gc
import os
import pickle
import signal
import sys
import threading
from importlib.abc import MetaPathFinder
from queue import SimpleQueue
from time import monotonic
from typing import IO, Any, Final

from workbench.intake.piece import as_line, packed
from workbench.intake.reading import UnitReader
from workbench.intake.remote_reader import LENGTH, Request, Setup

_NEGLIGIBLE: Final = 0.02  # of the time that a file may take


def main() -> None:
    """Answer requests until the input ends."""
    sys.meta_path.insert(0, _WithoutPandas())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the import, which then ends us
    # What a library prints must not come between the pieces.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asked: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    setup: Setup = asked.get()
    limits = setup.recipe.limits
    # Of what it may write to. Other processes of the import wait while a large file is read.
    _limit_memory(limits.reader_memory_bytes)
    watchdog = _Watchdog(limits.seconds_without_result)
    connectors = setup.recipe.connectors()
    gc.disable()  # reading makes no cycles; each piece ends with a look for some
    gc.freeze()

    def announce(name: str) -> None:
        if request.is_announced:
            watchdog.pause()
            out.write(as_line({"kind": "begun", "name": name}))
            out.flush()
        watchdog.restart()

    while True:
        request: Request = asked.get()
        watchdog.restart()
        reader = UnitReader(
            connectors,
            setup.batch_id,
            setup.largest_bytes,
            setup.most_records,
            limits,
            request.not_to_be_read,
            announce,
        )
        for number, piece in enumerate(reader.pieces(request.unit)):
            watchdog.pause()  # whoever listens may be long about it
            if number >= request.pieces_known:
                head, buffers = packed(piece)
                out.write(as_line({"kind": "piece", **head}))
                out.writelines(buffers)
                out.flush()
            watchdog.restart()
        watchdog.pause()
        out.write(as_line({"kind": "end"}))
        out.flush()


def _listen(pipe: IO[bytes], asked: "SimpleQueue[Any]") -> None:
    try:
        while len(size := pipe.read(LENGTH.size)) == LENGTH.size:
            content = pipe.read(LENGTH.unpack(size)[0])
            asked.put(pickle.loads(content))  # noqa: S301 - written by the process that started us
    finally:  # also when whoever started us died in the middle of a request
        os._exit(0)  # at once: the main thread may be deep in a file


class _WithoutPandas(MetaPathFinder):
    """Arrow looks for pandas with its first array: half a start, and memory that nobody uses."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """Say that there is no pandas; anything else is looked for elsewhere."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


class _Watchdog:
    """Lets the system end this process when nothing has come of reading for too long.

    It does so whatever the process is in, also where no line of Python is reached any more.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._begun: float | None = None  # None: not counting
        self._is_known = hasattr(signal, "setitimer")  # POSIX only
        if self._is_known:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)

    def restart(self) -> None:
        """Count from now on, or from a moment ago: most files take less time than setting it."""
        now = monotonic()
        if not self._is_known:
            return
        if self._begun is None or now - self._begun > self._seconds * _NEGLIGIBLE:
            signal.setitimer(signal.ITIMER_REAL, self._seconds * (1 + _NEGLIGIBLE))
            self._begun = now

    def pause(self) -> None:
        """Do not count."""
        if self._is_known:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._begun = None


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = most_bytes if hard == resource.RLIM_INFINITY else min(most_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        os._exit(0)
