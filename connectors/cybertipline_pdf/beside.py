"""Counts what a PDF holds beside its text: attached files, form fields, notes, pictured pages.

None of it is read or unpacked. It is counted, so that whoever looks knows that there is more.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

SLANTED: Final = "slanted_text"
PICTURE_PAGE: Final = "picture_page"
ATTACHED: Final = "attached_file"
FIELD: Final = "form_field"
NOTE: Final = "pdf_note"
UNREADABLE: Final = "unreadable_list"
# kind -> what is said of it
REASONS: Final = {
    SLANTED: "{} letters stand aslant, as those of a stamp, and were not read",
    PICTURE_PAGE: "Pages that are only pictures, as scans are, and were not read: {}",
    ATTACHED: "Files attached to the PDF that were not read: {}. Save and import those that are "
    "reports",
    FIELD: "Form fields that are filled in and were not read: {}",
    NOTE: "Notes or comments on the pages that were not read: {}",
    UNREADABLE: "Lists of attached files, form fields or notes that are broken: {}. What they name "
    "is not known",
}
_NO_NOTES: Final = frozenset({"Link", "Popup"})
_MOST: Final = 10_000  # of a page, and of a file's list of attached files


def attached_files(document: PDFDocument) -> Counter[str]:
    """Count the files attached to the document as a whole."""
    try:
        names = _in(_in(document.catalog, "Names"), "EmbeddedFiles")
        return Counter({ATTACHED: sum(islice(_leaves(names), _MOST))})
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken list must not cost the report; it is counted
        return Counter({UNREADABLE: 1})


def beside_text(annotations: object) -> Counter[str]:
    """Count what was put onto a page: files, fields and notes."""
    found: Counter[str] = Counter()
    try:
        listed = resolve1(annotations)
        for reference in islice(listed if isinstance(listed, list) else [], _MOST):
            kind = _kind_of(resolve1(reference))
            if kind:
                found[kind] += 1
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        found[UNREADABLE] += 1
    return found


def _kind_of(annotation: object) -> str:
    subtype = _in(annotation, "Subtype")
    name = subtype.name if isinstance(subtype, PSLiteral) else ""
    if name == "FileAttachment":
        return ATTACHED
    if name == "Widget":
        value = _in(annotation, "V") or _in(_in(annotation, "Parent"), "V")
        return FIELD if isinstance(value, bytes) and value.strip() else ""
    return NOTE if name not in _NO_NOTES and _in(annotation, "Contents") else ""


def _leaves(root: object) -> Iterator[int]:
    """Yield how many names each node of a tree of names holds; a tree may lead back to itself."""
    nodes = [root]
    for _ in range(_MOST):
        if not nodes:
            return
        node = nodes.pop()
        names, kids = _in(node, "Names"), _in(node, "Kids")
        if isinstance(names, list):
            yield len(names) // 2
        if isinstance(kids, list):
            nodes.extend(resolve1(kid) for kid in kids[:_MOST])


def _in(container: object, key: str) -> Any:  # noqa: ANN401 - whatever stands there
    return resolve1(container.get(key)) if isinstance(container, dict) else None
