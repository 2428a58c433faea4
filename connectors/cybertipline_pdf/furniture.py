"""What stands on every page and is not content: running headers, footers, page numbers."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from connectors.cybertipline_pdf.lines import Line

_ZONE: Final = 4  # lines at the top and at the bottom of a page
_SAME_HEIGHT: Final = 4.0  # points
_PAGE_NUMBER: Final = re.compile(r"\bpage\s+\d+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)
_FAR: Final = 1.5  # heights of a letter between a page number and the text


def part_furniture(
    lines: Sequence[Line], is_content: Callable[[str], bool]
) -> tuple[list[Line], list[Line]]:
    """Return the lines of the report, and one copy of each running header or footer.

    Args:
        lines: All lines in order.
        is_content: Says of a text that it is a heading or label, which may well stand in the same
            place on several pages.
    """
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    repeated = _repeated(pages.values(), is_content)
    body: list[Line] = []
    furniture: dict[str, Line] = {}
    for page in pages.values():
        for index, line in enumerate(page):
            text = _masked(line)
            is_repeated = any(abs(line.baseline - y) < _SAME_HEIGHT for y in repeated.get(text, ()))
            if (is_repeated and _in_zone(index, page)) or _is_page_number(index, page):
                furniture.setdefault(text, line)
            else:
                body.append(line)
    return body, list(furniture.values())


def _repeated(
    pages: Iterable[list[Line]], is_content: Callable[[str], bool]
) -> dict[str, list[float]]:
    """Return text -> heights at which it stands on at least half of the pages, and on two."""
    pages = list(pages)
    heights: dict[str, list[float]] = defaultdict(list)
    for page in pages:
        for index, line in enumerate(page):
            if _in_zone(index, page) and not is_content(line.text):
                heights[_masked(line)].append(line.baseline)
    needed = max(2, (len(pages) + 1) // 2)
    return {
        text: [y for y in found if sum(abs(y - z) < _SAME_HEIGHT for z in found) >= needed]
        for text, found in heights.items()
    }


def _in_zone(index: int, page: Sequence[Line]) -> bool:
    return index < _ZONE or index >= len(page) - _ZONE


def _masked(line: Line) -> str:
    """Return the text without its page number, so that it is the same on every page."""
    text = _PAGE_NUMBER.sub("#", line.text)
    return re.sub(rf"(?<!\S){line.page}(?:\s*(?:/|of)\s*\d+)?(?!\S)", "#", text)


def _is_page_number(index: int, page: Sequence[Line]) -> bool:
    """Say whether a line is nothing but its page's number, clear of the text."""
    if index not in (0, len(page) - 1) or _masked(page[index]).strip(" -–|") != "#":
        return False
    if len(page) == 1:
        return True
    line, other = page[index], page[index - 1] if index else page[1]
    return abs(line.baseline - other.baseline) > _FAR * max(line.size, other.size)
