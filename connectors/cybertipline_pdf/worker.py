"""The process that opens PDFs. What a hostile file does to it, it does to nobody else.

One request is a line of JSON, `{"bytes": n, "passwords": [...]}`, and n bytes. The answer is lines
of JSON, one a page: `[page, [[baseline, size, [word, ...]], ...], slanted]`. A word is the list of
what `Word` names; `slanted` is how many letters of the page are no part of a line. Then comes
`"end"` or `{"refused": code}`. The process ends with its input. Its arguments are how many bytes of
memory it may use, where the system can hold it to that, how many pages a file may have, how many
letters a page, and after how many seconds in one file it ends: whoever asked may be gone.
"""

import json
import signal
import sys
from collections.abc import Iterator
from typing import TextIO

from connectors.cybertipline_pdf.extract import RefusedError, pages_of
from connectors.cybertipline_pdf.lines import Line


def main() -> None:
    """Answer requests until the input ends."""
    memory_bytes, most_pages, most_letters = map(int, sys.argv[1:4])
    _limit_memory(memory_bytes)
    requests, answers = sys.stdin.buffer, sys.stdout
    while request := requests.readline():
        asked = json.loads(request)
        content = requests.read(asked["bytes"])
        _end_after(float(sys.argv[4]))
        _answer(pages_of(content, asked["passwords"], most_pages, most_letters), answers)
        _end_after(0)


def _answer(pages: Iterator[tuple[list[Line], int]], answers: TextIO) -> None:
    try:
        for number, (lines, slanted) in enumerate(pages, 1):
            _say([number, [_plain(line) for line in lines], slanted], answers)
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
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, hard))


if __name__ == "__main__":
    main()
