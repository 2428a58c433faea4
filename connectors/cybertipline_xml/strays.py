"""Documents inside a document: which of them are read, and where the others stand."""

from collections.abc import Iterator
from typing import Final, NamedTuple

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


class Found(NamedTuple):
    """A document inside a file."""

    element: etree._Element
    path: str
    # What a report that holds documents states, else the one number of its file details; for file
    # details, that of the report around them.
    number: str | None


def number_within(report: etree._Element) -> str | None:
    """Return the number of a report that holds documents: its own, else its files' only one."""
    own = _number_in(report)
    if own:
        return own
    numbers: set[str] = set()
    todo = [report]
    while todo:
        for child in todo.pop():
            name = local_name(child.tag)
            if name == "fileDetails":
                numbers.add(_number_in(child))
            elif name != "report":  # whose files are its own
                todo.append(child)
    numbers.discard("")
    return numbers.pop() if len(numbers) == 1 else None


def _number_in(document: etree._Element) -> str:
    return (document.findtext("{*}reportId") or "").strip()


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
