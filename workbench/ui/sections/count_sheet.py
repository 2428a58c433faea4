"""The count sheet: four numbers that visibly add up, and everything that was not loaded."""

from workbench.assess.assessor import AssessmentSummary
from workbench.intake.count_sheet import CountSheet
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.sections.values import headed
from workbench.ui.session import Workplace


def count_sheet_html(place: Workplace, sheet: CountSheet, summary: AssessmentSummary) -> Html:
    """Return what an import did."""
    number = place.formats.number
    assessed = place.words.counted(
        "import.assessed", summary.assessed, written=number(summary.assessed)
    )
    files = place.words.counted("import.file_count", sheet.files, written=number(sheet.files))
    parts = [
        _sum(place, sheet),
        tag("p", files, " · ", assessed, of="wb-muted"),
        _rejections(place, sheet),
        _set_aside(place, sheet),
        _unread(place, sheet),
    ]
    return join(parts)


def _sum(place: Workplace, sheet: CountSheet) -> Html:
    signs = ("", "=", "+", "+", "+")
    names = ("read", "loaded", "new_versions", "duplicates", "rejected")
    pieces = []
    for sign, name in zip(signs, names, strict=True):
        if sign:
            pieces.append(tag("span", sign, of="wb-operator"))
        figure = tag("strong", place.formats.number(getattr(sheet, name)))
        label = tag("span", place.words(f"import.count.{name}"))
        pieces.append(tag("div", figure, label, of=f"wb-count wb-count-{name}"))
    return tag("div", *pieces, of="wb-sum", role="status")


def _rejections(place: Workplace, sheet: CountSheet) -> Html:
    words = place.words
    head = tag("h3", words("import.rejections"))
    if not sheet.rejections:
        return join([head, tag("p", words("import.rejections.none"), of="wb-muted")])
    rows = [
        (
            join([tag("div", entry["file"]), tag("code", entry["location"])]),
            join([tag("div", entry["message"]), tag("div", entry["remedy"], of="wb-muted")]),
            tag("code", entry["code"]),
        )
        for entry in sheet.rejections
    ]
    heads = ("where", "what", "code")
    return join([head, headed(place, "import.column.", heads, rows)])


def _set_aside(place: Workplace, sheet: CountSheet) -> Html:
    if not sheet.set_aside:
        return EMPTY
    words = place.words
    rows = [
        (
            entry["file"],
            words.or_as_written("aside", entry["kind"]),
            place.formats.number(entry["byte_count"]),
            entry["reason"],
        )
        for entry in sheet.set_aside
    ]
    heads = ("file", "kind", "bytes", "reason")
    head = tag("summary", words.counted("import.set_aside", len(rows)))
    inner = headed(place, "import.column.", heads, rows)
    return tag("details", head, inner, of="wb-folded")


def _unread(place: Workplace, sheet: CountSheet) -> Html:
    fields = sheet.unread_fields()
    if not fields:
        return EMPTY
    words = place.words
    rows = [
        (
            words.or_as_written("format", entry["source_format"]),
            tag("code", entry["field"]),
            place.formats.number(entry["count"]),
        )
        for entry in fields
    ]
    heads = ("format", "field", "count")
    head = tag("summary", words.counted("import.unread", len(rows)))
    inner = headed(place, "import.column.", heads, rows)
    return tag("details", head, inner, of="wb-folded")
