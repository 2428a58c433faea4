"""One process that reads units for an import: how it is started, asked, listened to and stopped.

It is our own module run by our own interpreter, not a fork: a fork would take along half of an
open store and of every thread, and `multiprocessing` would run the main module again, which under
the screens is the screens. What it needs to know goes through its input, which no account but ours
sees.
"""

import json
import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

import pyarrow as pa

from workbench.intake.piece import Piece, unpacked
from workbench.intake.recipe import Recipe
from workbench.intake.refusals import LeftOut
from workbench.intake.units import Unit

if TYPE_CHECKING:
    from io import BufferedReader

LENGTH: Final = struct.Struct("<Q")
_TOO_SLOW: Final[int | None] = getattr(signal, "SIGALRM", None)  # POSIX only
# Arrow's own memory keeps gigabytes of address space in reserve, which a limit would count.
_ENVIRONMENT: Final = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",  # nothing here calculates; its threads cost a quarter of a start
}


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process is told once."""

    recipe: Recipe
    batch_id: str
    largest_bytes: int
    most_records: int


@dataclass(frozen=True, slots=True)
class Request:
    """A unit to be read.

    `pieces_known` of its pieces are here already; `is_announced` asks for the name of every file
    before it is opened, so that the one that ends the process is known.
    """

    unit: Unit
    pieces_known: int = 0
    is_announced: bool = False
    not_to_be_read: Mapping[str, LeftOut] = field(default_factory=dict)


class ReaderLostError(Exception):
    """The process ended. `name` is the file, or member, that it had announced last."""

    def __init__(self, name: str | None) -> None:
        super().__init__(name)
        self.name = name


class RemoteReader:
    """A running process."""

    def __init__(self, setup: Setup) -> None:
        """Start it.

        Raises:
            OSError: The system starts no further process.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "workbench.intake.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ENVIRONMENT,
        )
        self._in = cast("BinaryIO", self._process.stdin)
        self._out = cast("BufferedReader", self._process.stdout)
        self._say(setup)

    @property
    def process_id(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    def read(self, request: Request) -> Iterator[Piece]:
        """Yield the pieces of a unit that are not known yet.

        Raises:
            ReaderLostError: The process ended before the unit did.
        """
        name: str | None = None
        self._say(request)
        while True:
            head = self._heard()
            match head and head["kind"]:
                case "piece":
                    yield self._piece(head, name)
                case "begun":
                    name = head["name"]
                case "end":
                    return
                case _:  # nothing: it has ended; anything else: it says that it will
                    raise ReaderLostError(name)

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        for pipe in (self._in, self._out):
            with suppress(OSError):
                pipe.close()
        self._process.wait()

    @property
    def was_too_slow(self) -> bool:
        """Whether the system ended it because nothing came of it for too long; once stopped."""
        return _TOO_SLOW is not None and self._process.returncode == -_TOO_SLOW

    def kill(self) -> None:
        """End it from another thread: whoever listens to it learns that it has ended."""
        self._process.kill()

    def _say(self, message: Setup | Request) -> None:
        content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):  # it has ended, which listening to it will show
            self._in.write(LENGTH.pack(len(content)))
            self._in.write(content)
            self._in.flush()

    def _heard(self) -> dict[str, Any]:
        line = self._out.readline()
        if not line.endswith(b"\n"):
            return {}
        head: dict[str, Any] = json.loads(line)
        return head

    def _piece(self, head: Mapping[str, Any], name: str | None) -> Piece:
        length = sum(size for _, _, size in head["tables"])
        body = pa.allocate_buffer(length)  # Arrow gives memory back, which Python rarely does
        if self._out.readinto(memoryview(body)) != length:
            raise ReaderLostError(name)
        return unpacked(head, body)
