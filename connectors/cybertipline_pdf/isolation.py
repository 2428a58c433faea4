"""Has PDFs opened by a process of their own, with limits of time, memory and length."""

import json
import subprocess
import sys
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, Queue
from time import monotonic
from typing import IO, Any, Final, NamedTuple

from connectors.cybertipline_pdf.lines import Line, Word

LARGEST: Final = 64 * 1024 * 1024  # bytes; reports are text, and a larger one carries pictures
PAGE_SECONDS: Final = 20.0
FILE_SECONDS: Final = 120.0
MEMORY_BYTES: Final = 2 * 1024**3
MOST_LETTERS: Final = 20_000_000  # of one file
_ENDED: Final = ""


class Pages(NamedTuple):
    """What stands on all pages. `slanted`: letters that stand aslant, such as a stamp's."""

    lines: list[Line]
    slanted: int


class UnreadablePdfError(Exception):
    """The file was not read. `code` says why, `detail` what is known beyond it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class PdfWorker:
    """Starts the process with the first file and again after a file that had to be stopped.

    Starting costs about 0.15 seconds; a file more costs what reading it costs.
    """

    def __init__(
        self,
        *,
        page_seconds: float = PAGE_SECONDS,
        file_seconds: float = FILE_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._memory_bytes = memory_bytes
        self._page_seconds = page_seconds
        self._file_seconds = file_seconds
        self._running: _Running | None = None
        self._lock = threading.Lock()

    def pages(self, content: bytes, passwords: Sequence[str]) -> Pages:
        """Return the lines of all pages.

        Raises:
            UnreadablePdfError: It is no PDF, it is locked, or it passed a limit.
        """
        if len(content) > LARGEST:
            raise UnreadablePdfError("too_large")
        with self._lock:
            running = self._running or _Running(self._memory_bytes)
            self._running = None  # until it has answered to the end
            try:
                pages = self._asked(running, content, passwords)
            except BaseException:
                running.stop()
                raise
            self._running = running
        if isinstance(pages, UnreadablePdfError):
            raise pages
        return pages

    def _asked(
        self, running: "_Running", content: bytes, passwords: Sequence[str]
    ) -> Pages | UnreadablePdfError:
        running.ask(content, passwords)
        end = monotonic() + self._file_seconds
        lines: list[Line] = []
        letters = slanted = 0
        while True:
            answer = running.answer(min(self._page_seconds, end - monotonic()))
            if answer == "end":
                return Pages(lines, slanted)
            if isinstance(answer, dict):
                return UnreadablePdfError(answer["refused"], answer.get("why", ""))
            page, rows, aside = answer
            slanted += aside
            for number, (baseline, size, words) in enumerate(rows, 1):
                letters += sum(len(word[2]) for word in words)
                words_read = tuple(Word(*word) for word in words)
                lines.append(Line(page, number, baseline, size, words_read))
            if letters > MOST_LETTERS:
                raise UnreadablePdfError("too_large_inside")


class _Running:
    """The process, and a thread that takes its answers so that waiting for one can end."""

    def __init__(self, memory_bytes: int) -> None:
        module = "connectors.cybertipline_pdf.worker"
        command = [sys.executable, "-P", "-m", module, str(memory_bytes)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._answers: Queue[str] = Queue()
        threading.Thread(
            target=_take, args=(self._process.stdout, self._answers), daemon=True
        ).start()
        self.stop = weakref.finalize(self, _stop, self._process)

    def ask(self, content: bytes, passwords: Sequence[str]) -> None:
        request = json.dumps({"bytes": len(content), "passwords": list(passwords)})
        stdin = self._process.stdin
        if stdin is None:
            raise UnreadablePdfError("not_well_formed", "no process")
        try:
            stdin.write(request.encode() + b"\n" + content)
            stdin.flush()
        except BrokenPipeError as error:
            raise UnreadablePdfError("not_well_formed", "the process ended") from error

    def answer(self, seconds: float) -> Any:  # noqa: ANN401 - JSON
        try:
            line = self._answers.get(timeout=max(seconds, 0.0))
        except Empty as error:
            raise UnreadablePdfError("takes_too_long") from error
        if line == _ENDED:
            raise UnreadablePdfError("not_well_formed", "the process ended")
        return json.loads(line)


def _take(answers: IO[bytes] | None, queue: Queue[str]) -> None:
    if answers is not None:
        with answers:
            for line in answers:
                queue.put(line.decode("utf-8"))
    queue.put(_ENDED)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    if process.stdin is not None:
        # What was not written yet is not wanted any more.
        with suppress(BrokenPipeError):
            process.stdin.close()
    process.wait()
