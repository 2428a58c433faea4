"""Finds the reports of a JSON document: one, a list, or containers around them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from connectors.limits import shortened
from connectors.media import plain_name
from connectors.walk import SourceValue
from workbench.errors import RecordRejectedError, SourceLocation

_WRAPPERS_DEEP: Final = 3  # containers around a list of reports that are looked into first

Test: TypeAlias = Callable[[SourceValue], bool]


@dataclass(slots=True, frozen=True)
class Search:
    """Looks for the reports of one document.

    What was meant as a report and is none is found too, for it has to be refused by name: an item
    of a list of reports, or of reports that stand under numbers, and what looks like one.
    """

    is_report: Test
    looks_like_one: Test  # a report's number and parts, readable or not
    count_unread: Callable[[str], None]  # told the place of what stands beside reports

    def find(
        self, document: SourceValue, path: str = "", depth: int = 0
    ) -> Iterator[tuple[str, SourceValue]]:
        """Yield the reports with their places; `depth` containers are around the document."""
        if self.is_report(document):
            yield path, document
        elif isinstance(document, list):
            for index, item in enumerate(document):
                place = f"{shortened(path)}[{index}]"
                if self._holds_reports(item, depth):
                    yield from self.find(item, place, depth + 1)
                else:
                    yield from self._below(place, item) or [(place, item)]
        elif isinstance(document, dict):
            yield from self._find_in_container(document, path, depth)

    def _find_in_container(
        self, container: dict[str, SourceValue], path: str, depth: int
    ) -> Iterator[tuple[str, SourceValue]]:
        is_broken = self.looks_like_one(container)
        if is_broken:
            yield path, container
        is_keyed = any(
            _is_numbered(key) and self.is_report(value) for key, value in container.items()
        )
        for key, value in container.items():
            place = shortened(f"{path}.{key}" if path else key)
            if self.is_report(value) or self._holds_reports(value, depth):
                yield from self.find(value, place, depth + 1)
            elif found := self._below(place, value):
                yield from found
            elif is_keyed and _is_numbered(key) and isinstance(value, dict):
                yield place, value
            elif not is_broken:
                self.count_unread(plain_name(place))

    def _holds_reports(self, value: SourceValue, depth: int) -> bool:
        if depth >= _WRAPPERS_DEEP or self.is_report(value):
            return False
        items = (
            value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        )
        return any(self.is_report(item) or self._holds_reports(item, depth + 1) for item in items)

    def _below(self, place: str, value: SourceValue) -> list[tuple[str, SourceValue]]:
        """Return the reports that stand deeper than anybody would wrap them, none if all is well.

        Without recursion, for how deep that is nobody knows.
        """
        found: list[tuple[str, SourceValue]] = []
        todo = [(place, value)]
        while todo:
            at, inner = todo.pop()
            is_whole = self.is_report(inner)
            if is_whole or self.looks_like_one(inner):
                found.append((at, inner))
            if not is_whole:  # what stands in a report is its reader's business
                todo.extend(_containers_in(at, inner))
        return found


def places_within(place: str, value: SourceValue, is_one: Test) -> Iterator[str]:
    """Yield where reports stand in something that nobody reads, however deep."""
    todo = [(place, value)]
    while todo:
        at, inner = todo.pop()
        if is_one(inner):
            yield at
        todo.extend(_containers_in(at, inner))


def out_of_place(file_name: str, place: str) -> RecordRejectedError:
    """Return the refusal of a report inside another: whose it is and why, nobody can tell."""
    return RecordRejectedError(
        "A report stands inside another report, where none is read.",
        code="report_out_of_place",
        remedy="Export the reports one to a file, or all in one list, and import them again.",
        location=SourceLocation(file_name, place),
    )


def _containers_in(place: str, value: SourceValue) -> list[tuple[str, SourceValue]]:
    """Return what may hold a report, the first last, for it is taken from the end."""
    place = shortened(place)
    if isinstance(value, dict):
        inner: list[tuple[str, SourceValue]] = [
            (f"{place}.{plain_name(key)}" if place else plain_name(key), item)
            for key, item in value.items()
            if isinstance(item, dict | list)
        ]
    elif isinstance(value, list):
        inner = [
            (f"{place}[{index}]", item)
            for index, item in enumerate(value)
            if isinstance(item, dict | list)
        ]
    else:
        return []
    inner.reverse()
    return inner


def _is_numbered(key: str) -> bool:
    return any(letter.isdecimal() for letter in key)


def only_section(report: Mapping[str, SourceValue], name: str) -> SourceValue:
    """Return a part of a report; a list of one is that one."""
    section = report.get(name)
    return section[0] if isinstance(section, list) and len(section) == 1 else section
