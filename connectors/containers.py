"""Finds the reports of a JSON document: one, a list, or a container around them."""

from collections.abc import Callable, Iterator
from typing import Final

from connectors.limits import shortened
from connectors.media import plain_name
from connectors.walk import SourceValue

_WRAPPERS_DEEP: Final = 3  # containers around a list of reports that are looked into


def find_reports(
    document: SourceValue,
    is_report: Callable[[SourceValue], bool],
    count_unread: Callable[[str], None],
    path: str = "",
    depth: int = 0,
) -> Iterator[tuple[str, SourceValue]]:
    """Yield the reports of a document with their places.

    An item of a list of reports that is none is found too, for it has to be refused by name.

    Args:
        document: What was parsed.
        is_report: Says whether a value is a report.
        count_unread: Told the place of what stands beside reports in a container.
        path: Where `document` stands; empty for the whole.
        depth: How many containers are around it.
    """
    if is_report(document):
        yield path, document
    elif isinstance(document, list):
        for index, item in enumerate(document):
            place = f"{shortened(path)}[{index}]"
            if _holds_reports(item, is_report, depth):
                yield from find_reports(item, is_report, count_unread, place, depth + 1)
            else:
                yield place, item
    elif isinstance(document, dict):
        for key, value in document.items():
            place = shortened(f"{path}.{key}" if path else key)
            if is_report(value) or _holds_reports(value, is_report, depth):
                yield from find_reports(value, is_report, count_unread, place, depth + 1)
            else:
                count_unread(plain_name(place))


def _holds_reports(
    value: SourceValue, is_report: Callable[[SourceValue], bool], depth: int
) -> bool:
    if depth >= _WRAPPERS_DEEP or is_report(value):
        return False
    items = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return any(is_report(item) or _holds_reports(item, is_report, depth + 1) for item in items)
