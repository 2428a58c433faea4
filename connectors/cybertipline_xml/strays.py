"""Documents inside a document: which of them are read, and where the others stand."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from connectors.cybertipline_xml.document import local_name
from connectors.limits import shortened
from connectors.media import plain_name
from connectors.walk import Shape, Source, SourceValue

REPLIES: Final = frozenset({"reportResponse", "reportDoneResponse"})
NAMES: Final = frozenset({"report", "fileDetails"}) | REPLIES
_ANY: Final = tuple(f"{{*}}{name}" for name in sorted(NAMES))


def holds_documents(element: etree._Element) -> bool:
    """Say whether a document stands in an element, however deep."""
    return next(element.iterdescendants(*_ANY), None) is not None


def carriers(report: etree._Element, shape: Shape) -> frozenset[str]:
    """Return the names of a report's children that are documents, or wrap some."""
    if not holds_documents(report):
        return frozenset()
    names = ((local_name(child.tag), child) for child in report)
    return frozenset(
        name
        for name, child in names
        if name in NAMES or (shape.find(name) is None and holds_documents(child))
    )


def number_of_files(report: etree._Element) -> str | None:
    """Return the one report number that the file details inside a report state."""
    numbers = {
        (part.findtext("{*}reportId") or "").strip()
        for part in report.iterdescendants("{*}fileDetails")
        if next(part.iterancestors("{*}report"), None) is report
    } - {""}
    return numbers.pop() if len(numbers) == 1 else None


def number_around(part: etree._Element) -> str | None:
    """Return the number of the report that file details without one stand in."""
    report = next(part.iterancestors("{*}report"), None)
    if report is None:
        return None
    return (report.findtext("{*}reportId") or "").strip() or number_of_files(report)


def places_of_documents(
    place: str, value: SourceValue, shape_of: dict[str, Shape]
) -> Iterator[str]:
    """Yield where documents stand in something that nobody reads, however deep."""
    todo = [(place, value)]
    while todo:
        at, inner = todo.pop()
        if isinstance(inner, list):
            todo.extend((f"{at}[{index}]", item) for index, item in enumerate(inner, start=1))
        elif isinstance(inner, dict):
            shape = shape_of.get(at.rpartition("/")[2].partition("[")[0])
            if shape is not None and _says_something(inner, shape):
                yield at
            stem = shortened(at)
            todo.extend((f"{stem}/{plain_name(key)}", item) for key, item in inner.items())


def _says_something(source: Source, shape: Shape) -> bool:
    return any(shape.find(name) is not None for name in source)
