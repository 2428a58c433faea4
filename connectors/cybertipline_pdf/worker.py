"""The process that opens PDFs. What a hostile file does to it, it does to nobody else.

One request is a line of JSON, `{"bytes": n, "passwords": [...]}`, and n bytes. The answer is lines
of JSON, one a page: `[page, [[baseline, size, [word, ...]], ...], beside]`. A word is the list of
what `Word` names; `beside` says how much of which kind is no part of a line. Then comes
`"end"` or `{"refused": code}`. The process ends with its input, also in the middle of a file. Its
arguments are how many bytes of memory it may use, where the system can hold it to that, how many
pages a file may have, how many letters a page, and after how many seconds in one file the system
ends it, for a file can keep the thread that listens from running.
"""

import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from queue import SimpleQueue
from typing import IO, Any, TextIO

from connectors.cybertipline_pdf.extract import RefusedError, pages_of
from connectors.cybertipline_pdf.lines import Line


def main() -> None:
    """Answer requests until the input ends."""
    memory_bytes, most_pages, most_letters = map(int, sys.argv[1:4])
    _limit_memory(memory_bytes)
    asked: SimpleQueue[tuple[Any, bytes]] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    while True:
        request, content = asked.get()
        _end_after(float(sys.argv[4]))
        _answer(pages_of(content, request["passwords"], most_pages, most_letters), sys.stdout)
        _end_after(0)


def _listen(requests: IO[bytes], asked: "SimpleQueue[tuple[Any, bytes]]") -> None:
    try:
        while line := requests.readline():
            request = json.loads(line)
            asked.put((request, requests.read(request["bytes"])))
    finally:  # also when there is no memory for the content
        os._exit(0)  # at once: the main thread may be deep in a file


def _answer(pages: Iterator[tuple[list[Line], Counter[str]]], answers: TextIO) -> None:
    try:
        for number, (lines, beside) in enumerate(pages, 1):
            _say([number, [_plain(line) for line in lines], beside], answers)
    except RefusedError as refused:
        _say({"refused": refused.code}, answers)
    except MemoryError:
        _say({"refused": "too_large_inside"}, answers)
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes the library raise
        _say({"refused": "not_well_formed", "why": type(error).__name__}, answers)
    else:
        _say("end", answers)


def _plain(line: Line) -> list[object]:
    return [line.baseline, line.size, [list(word) for word in line.words]]


def _say(answer: object, answers: TextIO) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _end_after(seconds: float) -> None:
    """Let the system end this process then, whatever it is in; 0: let it be."""
    if hasattr(signal, "setitimer"):  # POSIX only
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    # The second came down from the process that reads; its limit is not the one for PDFs.
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        _, hard = resource.getrlimit(kind)
        most = most_bytes if hard == resource.RLIM_INFINITY else min(most_bytes, hard)
        resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    try:
        main()
    finally:
        os._exit(1)  # a plain end would wait for the input, which the other thread holds
