"""A table of what two copies say differently: words for rows and fields, a sign for how."""

from typing import Final

from workbench.desk.copies.differences import Comparison, Difference
from workbench.desk.copies.row_words import RowName
from workbench.desk.origins import SourcePosition
from workbench.ui.markup import EMPTY, Html, join, table, tag
from workbench.ui.sections.source_marks import position_mark
from workbench.ui.session import Workplace

_SIGNS: Final = {"added": "+", "removed": "−", "changed": "≠", "same_value": "≈", "unsaid": "∅"}
# What a row is called by its own kind; the rest by its table.
_KIND_PREFIX: Final = {"party": "role", "identifier": "identifier", "text_block": "text.kind"}


def comparison_html(
    place: Workplace,
    compared: Comparison,
    titles: tuple[str, str],
    *,
    is_source: bool,
    is_unveiled: bool,
) -> Html:
    """Return the differences of two copies.

    Args:
        place: Words and formats.
        compared: What they say differently.
        titles: What the two copies are called.
        is_source: Whether they are two sources of one report, not an earlier and a later copy.
        is_unveiled: Whether the officer has asked for texts; else their lengths stand there.
    """
    words = place.words
    differing = compared.conflicts if is_source else compared.disagreements
    one_sided = compared.one_sided if is_source else ()
    alike = [found for found in compared.differences if found not in compared.disagreements]

    def drawn(found: tuple[Difference, ...] | list[Difference]) -> Html:
        how = "source" if is_source else "version"
        rows = [_row(place, one, titles, how=how, is_unveiled=is_unveiled) for one in found]
        heads = [words(f"difference.column.{name}") for name in ("row", "field", "how")]
        heads[2:2] = titles
        heads.append(words("difference.column.source"))
        return table(heads, rows, of="wb-table wb-differences")

    parts = [drawn(differing) if differing else EMPTY]
    if not compared.disagreements:
        parts = [tag("p", words("difference.none"), of="wb-muted")]
    if one_sided:
        head = tag("summary", words.counted("source.one_sided", len(one_sided)))
        parts.append(tag("details", head, drawn(one_sided), of="wb-folded"))
    if alike:
        head = tag("summary", words.counted("difference.alike", len(alike)))
        parts.append(tag("details", head, drawn(alike), of="wb-folded"))
    if compared.not_comparable:
        count = compared.not_comparable
        parts.append(tag("p", words.counted("difference.not_comparable", count), of="wb-muted"))
    return join(parts)


def _row(
    place: Workplace, found: Difference, titles: tuple[str, str], *, how: str, is_unveiled: bool
) -> tuple[Html, ...]:
    words = place.words
    shown = (
        _value(place, found, found.before, found.before_state, is_unveiled=is_unveiled),
        _value(place, found, found.after, found.after_state, is_unveiled=is_unveiled),
    )
    only = {"added": titles[1], "removed": titles[0]}.get(found.kind, "")
    word = words(f"difference.{how}.{found.kind}", only=only)
    sign = tag("span", _SIGNS[found.kind], of="wb-diff-sign", aria_hidden="true")
    field = words(f"field.{found.field}") if found.field else words("difference.whole")
    return (
        _row_name(place, found.row),
        tag("span", field, of="" if found.field else "wb-muted"),
        *shown,
        tag("span", sign, " ", word, of=f"wb-diff wb-diff-{found.kind}"),
        _places(place, found.before_place, found.after_place),
    )


def _row_name(place: Workplace, row: RowName) -> Html:
    words = place.words
    prefix = _KIND_PREFIX.get(row.table)
    name = words.or_as_written(prefix, row.kind) if prefix and row.kind else ""
    parts = [tag("div", name or words(f"row.{row.table}"))]
    if row.label:
        parts.append(tag("div", row.label, of="wb-mono"))
    if row.owner:
        owner = words.or_as_written("role", row.owner)
        parts.append(tag("div", f"{owner} {row.owner_no or ''}", of="wb-muted"))
    return join(parts)


def _value(
    place: Workplace, found: Difference, value: str | None, state: str | None, *, is_unveiled: bool
) -> Html:
    words = place.words
    if value is None:
        if state is None or state == "absent":
            return tag("span", words("sign.not_said"), of="wb-muted wb-not-said")
        return tag("span", words.or_as_written("blank", state), of="wb-muted wb-not-said")
    if found.is_text and not is_unveiled:
        length = words.counted("text.length", len(value), written=place.formats.number(len(value)))
        return tag("span", length, of="wb-muted", title=words("text.unveil.help"))
    if found.field == "owner":
        role, _, number = value.rpartition(" ")
        return tag("span", f"{words.or_as_written('role', role)} {number}")
    if value in ("true", "false") and (found.field or "").startswith(("is_", "has_", "was_")):
        return tag("span", words("sign.yes" if value == "true" else "sign.no"))
    return tag("span", value, of="wb-value")


def _places(place: Workplace, *positions: SourcePosition | None) -> Html:
    stated = [position for position in positions if position is not None]
    return position_mark(place, *stated) if stated else EMPTY
