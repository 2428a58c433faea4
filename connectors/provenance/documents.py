"""Where the values of a JSON, XML or PDF report stand, from its rows and its allow-list."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from connectors.provenance.fields import Field, Opened, every_row, fields_filling, fits, opened_at
from connectors.shapes import AllowList, read_allow_list
from connectors.walk import OWN_KEYS, Shape
from workbench.model.provenance import PlacesOf, StoredRow, stated_column
from workbench.model.tables import NUMBERED, TABLES

_PART: Final = "#/"  # before the place of a part that was read from a file of its own
_FILE_DETAILS: Final = "fileDetails"
_NUMBERED_BY: Final = {"file_name": "(file name)", "folder_name": "(folder name)"}
_LABEL_ENDS: Final = " › "
_OWN_TEXT: Final = "/#text"
_INDEX: Final = re.compile(r"\[\d+\]")
_CONTENT, _PAGE = "content", "site"  # what an address of a hotline report is: itself, its page
_OF_AN_ADDRESS: Final = ("web_assessment", "web_action")


@dataclass(frozen=True, slots=True)
class Format:
    """A format's allow-list, the shapes its documents begin with, and how it writes places."""

    package: str
    roots: tuple[str, ...]
    separator: str
    part: str = ""  # the shape of a part with a file of its own
    has_labels: bool = False  # places are pages and lines; what stands there is found by its label


FORMATS: Final[Mapping[str, Format]] = {
    "cybertipline_json": Format("connectors.cybertipline_json", ("report",), "."),
    "cybertipline_xml": Format("connectors.cybertipline_xml", ("report",), "/", part="file"),
    "cybertipline_file_details": Format(
        "connectors.cybertipline_xml", ("report",), "/", part="file"
    ),
    "cybertipline_pdf": Format(
        "connectors.cybertipline_pdf", ("report",), _LABEL_ENDS, has_labels=True
    ),
    "iccam_v2": Format("connectors.hotline", ("report_v2",), "."),
    "iccam_v3": Format("connectors.hotline", ("report_v3", "lone_content_v3"), "."),
}


@cache
def _allowed(package: str) -> AllowList:
    return read_allow_list(package)


def places_in_document(source_format: str, rows: Sequence[StoredRow]) -> PlacesOf:
    """Return what finds the values of one version of a format in `FORMATS`."""
    return _Document(FORMATS[source_format], rows).places_of


class _Document:
    """One version: its rows, and where its report begins in the file."""

    def __init__(self, form: Format, rows: Sequence[StoredRow]) -> None:
        self._form = form
        self._rows = rows
        self._shapes = _allowed(form.package).shapes
        self._roots = [self._shapes[name] for name in form.roots]
        self._report = next((row for row in rows if row.table == "report"), None)
        self._begins = (self._report.path if self._report else "") or ""
        # Every value of a long report asks where others stand: one walk finds them all.
        self._saying: dict[tuple[str, object], list[str]] = {}  # table and value -> places
        self._of_address: dict[object, list[str]] = {}  # number of a web address -> places
        for row in rows:
            for value in {row.values.get("value_as_written"), row.values.get("value")}:
                if value is not None:
                    self._saying.setdefault((row.table, value), []).append(row.path or "")
            if row.table in _OF_AN_ADDRESS:
                belongs = self._of_address.setdefault(row.values.get("web_address_no"), [])
                belongs.append(row.path or "")

    def places_of(self, row: StoredRow, column: str) -> tuple[str, ...]:
        """Return the fields that may have filled a column; see `PlacesOf`."""
        own, column = row.path or "", stated_column(row.table, column, TABLES[row.table])
        if row.table == "report":
            return self._of_report(row, column)
        if row.table == "attribute" or column in (NUMBERED.get(row.table), "party_no", "file_no"):
            return (own.removesuffix(_OWN_TEXT),)  # an attribute's row stands where its value does
        found = list(self._opened(row))
        if any(column in opened.given for opened in found):
            return (own,)  # the name of the row's field says it
        fields = [each for opened in found for each in self._fields(opened, row, column)]
        written = self._written(row, column, own, fields)
        again = self._told_again(row) if written else ()
        return (*written, *again, *self._of_the_page(row, column))

    def _of_report(self, row: StoredRow, column: str) -> tuple[str, ...]:
        source = str(row.values.get("report_number_source"))
        if column == "report_number" and source in _NUMBERED_BY:
            return (_NUMBERED_BY[source],)
        if column == "report_number" and source == "file_details":
            parts = (r.path for r in self._rows if r.table == "file_record" and r.path)
            return tuple(dict.fromkeys(f"{part}/reportId" for part in parts))
        if column == "provider_as_written" and self._form.part:
            return self._of_provider(row)
        opened = [Opened("report", shape, {}) for shape in self._report_shapes()]
        fields = [
            each for one in opened for each in fields_filling(one, column, self._form.separator)
        ]
        return self._written(row, column, self._begins, fields)

    def _report_shapes(self) -> list[Shape]:
        if self._form.part and self._begins.endswith(_FILE_DETAILS):
            return [self._shapes["file_details"]]
        return self._roots

    def _of_provider(self, row: StoredRow) -> tuple[str, ...]:
        """The provider's XML names no company: the platform is read as it, else a service."""
        name = row.values.get("provider_as_written")
        if row.values.get("platform") == name:
            return self._of_report(row, "platform")
        parties = (r for r in self._rows if r.table == "party" and r.values.get("service") == name)
        return next((self.places_of(party, "service") for party in parties), ())

    def _opened(self, row: StoredRow) -> Iterator[Opened]:
        """Yield how a row was opened: by its place, or where that does not tell by what it is."""
        traced = [] if self._form.has_labels else list(self._traced(row))
        if traced:
            yield from traced
            return
        for opened in every_row([*self._roots, *self._part_shapes()]):
            if opened.table == row.table and fits(opened.given, row.values):
                yield opened

    def _traced(self, row: StoredRow) -> Iterator[Opened]:
        roots, below = self._roots, (row.path or "").removeprefix(self._begins)
        if self._form.part and _FILE_DETAILS in (row.path or ""):
            # A part's own file, or file details that came without their report.
            roots, below = self._part_shapes(), (row.path or "").rpartition(_FILE_DETAILS)[2]
            if not below and row.table == "file_record":
                yield Opened("file_record", roots[0], {})
        for root in roots:
            for opened in opened_at(root, below, self._form.separator):
                if opened.table == row.table:
                    yield opened

    def _part_shapes(self) -> list[Shape]:
        return [self._shapes[self._form.part]] if self._form.part else []

    def _fields(self, opened: Opened, row: StoredRow, column: str) -> tuple[Field, ...]:
        fields = fields_filling(opened, column, self._form.separator)
        if self._is_container(opened, row, column):
            return tuple(each for each in fields if each.path) or fields
        return fields

    def _is_container(self, opened: Opened, row: StoredRow, column: str) -> bool:
        """Say whether a row that a bare text could have opened was opened by more than that."""
        shape = opened.shape
        if shape is None or shape.own_column != column:
            return False
        if opened.is_by_type:
            return True
        beside = {
            other
            for key, other in shape.columns.items()
            if key not in OWN_KEYS and not key.startswith("@") and other != column
        } - opened.given.keys()
        unsaid = row.values.get("not_stated") or {}
        return any(other in unsaid or row.values.get(other) is not None for other in beside)

    def _written(
        self, row: StoredRow, column: str, own: str, fields: Iterable[Field]
    ) -> tuple[str, ...]:
        found = list(dict.fromkeys(fields))
        if self._form.has_labels:
            labelled = dict.fromkeys(_by_label(row, own, each.path) for each in found)
            return (own,) if own in labelled else tuple(labelled)  # the line holds it by itself
        places = {_join(own, each.path): each for each in found}
        beside = [
            place for place, each in places.items() if self._is_beside(place, each, row, column)
        ]
        if len(beside) == 1 and all(each.opens_row for each in places.values()):
            return (beside[0],)
        return _outermost(tuple(places), self._form.separator)

    def _is_beside(self, place: str, field: Field, row: StoredRow, column: str) -> bool:
        """Say whether the row that the field opens as well stands there, with the same value."""
        if not field.opens_row:
            return False
        said = (field.opens_row, row.values.get(column))
        return any(path.startswith(place) for path in self._saying.get(said, ()))

    def _of_the_page(self, row: StoredRow, column: str) -> tuple[str, ...]:
        """What a hotline says of the page as a whole stands in the report, not with the address."""
        places = []
        for key, opened in self._of_hotline(row):
            if opened.given["relation"] != _PAGE:
                continue
            if fields_filling(opened, column, self._form.separator):
                places.append(_join(self._begins, f"{self._form.separator}{key}"))
        return tuple(places)

    def _told_again(self, row: StoredRow) -> tuple[str, ...]:
        """Where a hotline may give a content again in full that it lists in short."""
        listed = [key for key, one in self._of_hotline(row) if one.given["relation"] == _CONTENT]
        own = _INDEX.sub("", row.path or "").rpartition(self._form.separator)[2]
        if own not in listed or row.values.get("content_id") is None:
            return ()
        belongs = self._of_address.get(row.values.get("web_address_no"), ())
        lists = [
            _join(self._begins, f"{self._form.separator}{key}") for key in listed if key != own
        ]
        told = (_entry_of(path, begins) for begins in lists for path in belongs)
        return tuple(dict.fromkeys(at for at in told if at)) or tuple(lists)

    def _of_hotline(self, row: StoredRow) -> Iterator[tuple[str, Opened]]:
        """Yield the keys of a report that open addresses."""
        if row.table != "web_address":
            return
        for root in self._roots:
            for key in root.entries:
                for opened in opened_at(root, key, self._form.separator):
                    if opened.table == row.table:
                        yield key, opened


def _entry_of(path: str, begins: str) -> str:
    """Return the entry of a list that a place lies in; empty: it lies elsewhere."""
    if not path.startswith(begins):
        return ""
    found = _INDEX.match(path, len(begins))
    return path[: found.end()] if found else ""


def _join(own: str, below: str) -> str:
    return f"{own}{below}" if own else below[1:]


def _outermost(places: tuple[str, ...], separator: str) -> tuple[str, ...]:
    """Leave out a place inside another: a value in the one is in the other, but for attributes."""

    def is_inside(place: str, other: str) -> bool:
        return place.startswith(other + separator) and separator + "@" not in place[len(other) :]

    return tuple(place for place in places if not any(is_inside(place, other) for other in places))


def _by_label(row: StoredRow, own: str, below: str) -> str:
    """Write a place of a PDF: page and line where the row begins, and the label to look for there.

    A key that is no label (it begins small) is a part of the value on that line. What the report
    says of itself stands in its sections, not where the report begins.
    """
    steps = [step for step in below.split(_LABEL_ENDS) if step]
    labels = [step for step in steps if not (step[0].islower() or step.startswith("("))]
    if not labels:
        return own
    *sections, label = labels
    begins = sections if row.table == "report" else [own]
    return ", ".join([*begins, f'"{label}"'])
