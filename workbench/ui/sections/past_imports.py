"""Imports that were made: a list to choose from, and the head of the chosen one."""

from collections.abc import Sequence

from workbench.intake.imports import PastImport
from workbench.ui.markup import Html, join, table, tag
from workbench.ui.parts.small_things import choice
from workbench.ui.session import Workplace

_COUNTS = ("read", "loaded", "new_versions", "duplicates", "rejected")


def past_imports_html(place: Workplace, imports: Sequence[PastImport], chosen: str | None) -> Html:
    """Return imports, each a button that shows its count sheet."""
    rows = [
        (_button(place, one, chosen), one.imported_by or "", *_figures(place, one))
        for one in imports
    ]
    heads = [place.words(f"imports.column.{head}") for head in ("began", "by", *_COUNTS)]
    head = tag("h3", place.words("imports.title"))
    return join([head, table(heads, rows, of="wb-table wb-imports")])


def past_import_head_html(place: Workplace, of: PastImport) -> Html:
    """Return which import a count sheet is of, and what to know when it has not ended."""
    words = place.words
    when = place.formats.moment(of.started_at)
    said = "imports.of_by" if of.imported_by else "imports.of"
    head = tag("h3", words(said, when=when, by=of.imported_by or ""))
    name = tag("p", tag("code", of.batch_id), of="wb-muted")
    if of.state == "ended":
        return join([head, name])
    kept = words("imports.kept_nothing")
    if of.version_count:
        written = place.formats.number(of.version_count)
        kept = words.counted("imports.kept", of.version_count, written=written)
    sentence = tag("p", "⚠ ", words(f"imports.{of.state}.long"), " ", kept)
    return join([head, name, sentence])


def _button(place: Workplace, of: PastImport, chosen: str | None) -> Html:
    when = place.formats.moment(of.started_at)
    # Several can have begun in one minute: its name tells which.
    title = f"{place.words('imports.show')}: {of.batch_id}"
    is_chosen = of.batch_id == chosen
    button = choice(when, "batch", of.batch_id, title=title, is_current=is_chosen)
    return join(["▸ ", button]) if is_chosen else button


def _figures(place: Workplace, of: PastImport) -> Sequence[str]:
    """Return the figures of a row; one that has not ended says so, and what is in the store."""
    number = place.formats.number
    if of.state != "ended":
        state = tag("span", "⚠ ", place.words(f"imports.{of.state}"))
        return (state, number(of.version_count), "", "", "")
    counts = (
        of.read_count, of.loaded_count, of.new_version_count, of.duplicate_count, of.rejected_count,
    )  # fmt: skip
    return ["" if count is None else number(count) for count in counts]
