"""The process that opens PDFs. What a hostile file does to it, it does to nobody else.

One request is a line of JSON, `{"bytes": n, "passwords": [...]}`, and n bytes. The answer is lines
of JSON: `[page, [[baseline, size, [[x0, x1, text, is_column_start], ...]], ...]]` for each page,
then `"end"` or `{"refused": code}`. The process ends with its input.
"""

import json
import sys
from typing import Final, TextIO

from connectors.cybertipline_pdf.extract import RefusedError, pages_of
from connectors.cybertipline_pdf.lines import Line

MOST_MEMORY: Final = 2 * 1024**3  # bytes of address space


def main() -> None:
    """Answer requests until the input ends."""
    _limit_memory()
    requests, answers = sys.stdin.buffer, sys.stdout
    while request := requests.readline():
        asked = json.loads(request)
        content = requests.read(asked["bytes"])
        _answer(content, asked["passwords"], answers)


def _answer(content: bytes, passwords: list[str], answers: TextIO) -> None:
    try:
        for number, lines in enumerate(pages_of(content, passwords), 1):
            _say([number, [_plain(line) for line in lines]], answers)
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


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, hard))


if __name__ == "__main__":
    main()
