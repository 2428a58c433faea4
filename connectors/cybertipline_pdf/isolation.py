"""Has PDFs opened by a process of their own, with limits of time, memory and length."""

import json
import os
import subprocess
import sys
import threading
import weakref
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, Queue
from time import monotonic
from typing import IO, Any, Final, NamedTuple

from connectors.cybertipline_pdf.lines import Line, Word
from workbench.model.limits import DEFAULT_LIMITS, Limits

_ENDED: Final = ""
# We end it in time; the system ends it only where nobody is left who would.
_GRACE_SECONDS: Final = 30
# Each further one keeps 64 MB of address space in reserve, which the limit would count.
_ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "1"}


class Pages(NamedTuple):
    """What stands on all pages. `beside`: how much of which kind was counted and not read."""

    lines: list[Line]
    beside: Counter[str]


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

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._running: _Running | None = None
        self._lock = threading.Lock()

    def pages(self, content: bytes, passwords: Sequence[str]) -> Pages:
        """Return the lines of all pages.

        Raises:
            UnreadablePdfError: It is no PDF, it is locked, or it passed a limit.
        """
        if len(content) > self.limits.pdf_bytes:
            raise UnreadablePdfError("too_large")
        with self._lock:
            running = self._running or _Running(self.limits)
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
        end = monotonic() + self.limits.pdf_seconds
        lines: list[Line] = []
        letters, beside = 0, Counter[str]()
        while True:
            left = end - monotonic()
            is_last = left < self.limits.pdf_page_seconds
            answer = running.answer(
                min(self.limits.pdf_page_seconds, left),
                "takes_too_long" if is_last else "page_takes_too_long",
            )
            if answer == "end":
                return Pages(lines, beside)
            if isinstance(answer, dict):
                return UnreadablePdfError(answer["refused"], answer.get("why", ""))
            page, rows, aside = answer
            beside.update(aside)
            for number, (baseline, size, words) in enumerate(rows, 1):
                letters += sum(len(word[2]) for word in words)
                words_read = tuple(Word(*word) for word in words)
                lines.append(Line(page, number, baseline, size, words_read))
            if letters > self.limits.pdf_letters:
                raise UnreadablePdfError("too_many_letters")


class _Running:
    """The process, and a thread that takes its answers so that waiting for one can end."""

    def __init__(self, limits: Limits) -> None:
        module = "connectors.cybertipline_pdf.worker"
        numbers = [limits.pdf_memory_bytes, limits.pdf_pages, limits.pdf_letters_per_page]
        seconds = limits.pdf_seconds + _GRACE_SECONDS
        command = [sys.executable, "-P", "-m", module, *map(str, numbers), str(seconds)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ENVIRONMENT,
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

    def answer(self, seconds: float, code_when_late: str) -> Any:  # noqa: ANN401 - JSON
        try:
            line = self._answers.get(timeout=max(seconds, 0.0))
        except Empty as error:
            raise UnreadablePdfError(code_when_late) from error
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
