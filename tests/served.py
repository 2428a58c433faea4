"""The real thing: `workbench serve` in a process of its own, and commands beside it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.crash import started
from workbench.keeping.backup import make_backup

ROOT = Path(__file__).parents[1]
STARTS_WITHIN_SECONDS = 60
# Named by their modules: whoever starts them may stand in another folder.
WORKBENCH = (sys.executable, "-m", "workbench")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def start_on_free_port(
    start_on: Callable[[int], subprocess.Popen[bytes]],
) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server and wait until it answers; return it and its address.

    One that ends instead is started once more: somebody else may have taken its port meanwhile.
    """
    for is_last in (False, True):
        port = free_port()
        running, address = start_on(port), f"http://localhost:{port}"
        try:
            wait_for(f"{address}/_stcore/health", running)
        except OSError:
            has_ended = running.poll() is not None
            running.kill()
            running.wait()
            if is_last or not has_ended:
                raise
        else:
            break
    return running, address


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers.

    Raises:
        OSError: It has ended, or does not answer in time.
    """
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - our own server on this machine
                pass
        except OSError:
            if time.monotonic() > until or running.poll() is not None:
                raise
            time.sleep(0.1)
        else:
            if running.poll() is not None:  # whoever has its port answered
                raise ConnectionError(address)
            return


@dataclass(frozen=True)
class Served:
    """Running screens."""

    address: str
    running: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End them as a power cut would."""
        self.running.kill()
        self.running.wait()


@contextmanager
def serve(store: Path, **settings: object) -> Iterator[Served]:
    """Run `workbench serve`; settings are named without `WORKBENCH_` in small letters."""
    own = {f"WORKBENCH_{name.upper()}": str(value) for name, value in settings.items()}
    environment = os.environ | {"WORKBENCH_OFFICER": "4711"} | own
    log = store.with_suffix(".log")
    with log.open("ab") as written:

        def start_on(port: int) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [*WORKBENCH, "serve", "--store", str(store)],
                cwd=ROOT, env=environment | {"WORKBENCH_PORT": str(port)},
                stdout=written, stderr=written,
            )  # fmt: skip

        running, address = start_on_free_port(start_on)
        try:
            yield Served(address, running, log)
        finally:
            running.terminate()
            running.wait(STARTS_WITHIN_SECONDS)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start a command."""
    return subprocess.Popen(
        [*WORKBENCH, *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(*arguments: object, expect: int = 0) -> Any:
    """Run a command with `--json` to its end and return what it printed; None where it printed none.

    A command that is to fail returns what it said instead.
    """
    with start(*arguments, "--json") as running:
        printed, said = running.communicate(timeout=120)
    assert running.returncode == expect, said
    return json.loads(printed) if printed else said


def start_backup(store: Path, backup: Path) -> ForkServerProcess:
    """Start a backup in a process that has everything imported."""
    return started(_back_up, store, backup)


def _back_up(store: Path, backup: Path) -> None:
    make_backup(store, backup, replace=True, seconds=30)
