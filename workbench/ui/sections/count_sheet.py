"""The count sheet: four numbers that visibly add up, and everything that was not loaded."""

from collections.abc import Mapping, Sequence

from workbench.assess.assessor import AssessmentSummary
from workbench.enrich.provider_names import NameForReview
from workbench.intake.count_sheet import CountSheet
from workbench.model.limits import setting_named_in
from workbench.ui.markup import EMPTY, Html, join, sortable_table, tag
from workbench.ui.sections.values import headed
from workbench.ui.sections.warnings import warnings_html
from workbench.ui.session import Workplace


def count_sheet_html(
    place: Workplace, sheet: CountSheet, summary: AssessmentSummary | None = None
) -> Html:
    """Return what an import did; `summary` None: it was not just now."""
    number = place.formats.number
    said = [place.words.counted("import.file_count", sheet.files, written=number(sheet.files))]
    if summary:
        said.append(
            place.words.counted(
                "import.assessed", summary.assessed, written=number(summary.assessed)
            )
        )
    head = join([_sum(place, sheet), tag("p", " · ".join(said), of="wb-muted")])
    return join([head, count_lists_html(place, sheet)])


def count_lists_html(place: Workplace, sheet: CountSheet) -> Html:
    """Return what an import did not load, and what to look at."""
    parts = [
        warnings_html(place, sheet.warnings),
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
    if not sheet.rejections and not sheet.read:  # it has not ended, and nobody knows
        return EMPTY
    if not sheet.rejections:
        return join([head, tag("p", words("import.rejections.none"), of="wb-muted")])
    heads = [words(f"import.column.{name}") for name in ("file", "where", "what", "remedy")]
    rows = [_rejection(place, entry) for entry in sheet.rejections]
    table = sortable_table(heads, rows, hint=words("import.sort_hint"))
    more = _not_shown(place, sheet, "rejections")
    reasons = _reasons(place, sheet) if more and sheet.rejected_codes else EMPTY
    return join([head, reasons, more, tag("div", table, of="wb-scroll")])


def _reasons(place: Workplace, sheet: CountSheet) -> Html:
    """Say how many were rejected for which reason; of a short list anybody sees that."""
    number = place.formats.number
    named = (
        tag("li", tag("strong", number(count)), " ", place.words.or_as_written("rejection", code))
        for code, count in sheet.codes_rejected()
    )
    return tag("ul", *named)


def _not_shown(place: Workplace, sheet: CountSheet, name: str) -> Html:
    """Say how many more there are, and the command that lists all; nothing when all are shown."""
    more = sheet.not_shown().get(name)
    if more is None:
        return EMPTY
    words, number = place.words, place.formats.number
    sentence = words.counted("import.not_shown", more.count, written=number(more.count))
    how = tag("p", sentence, " ", words("import.not_shown.how"), of="wb-muted")
    # Which store commands ask by themselves is not known here: they may run elsewhere.
    return join([how, tag("p", tag("code", more.command(place.store.path)))])


def _rejection(place: Workplace, entry: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return file, place, reason and remedy, in our words where the code has some.

    The reader's own sentence stands beneath: it says what exactly, and is what a log shows.
    """
    words, code = place.words, entry["code"]
    what = words.or_as_written("rejection", code)
    key = f"rejection_remedy.{code}"
    remedy = words(key) if words.knows(key) else entry["remedy"]
    named = setting_named_in(entry["remedy"])
    if named and words.knows(key):
        setting, value = named
        raised = words("import.raise_limit", setting=setting, value=place.formats.number(value))
        remedy = f"{remedy} {raised}"
    original = tag("div", entry["message"], of="wb-muted", title=entry["remedy"])
    where = tag("code", entry["location"]) if entry["location"] else ""
    return [
        (entry["file"], entry["file"]),
        (where or tag("span", words("import.where.whole"), of="wb-muted"), entry["location"]),
        (join([tag("div", tag("strong", what), title=code), original]), what),
        (remedy, remedy),
    ]


def _set_aside(place: Workplace, sheet: CountSheet) -> Html:
    if not sheet.set_aside:
        return EMPTY
    words, size = place.words, place.formats.size
    rows = [
        [
            (entry["file"], entry["file"]),
            (words.or_as_written("aside", entry["kind"]), entry["kind"]),
            (entry["reason"], entry["reason"]),
            (size(entry["byte_count"]), str(entry["byte_count"])),
        ]
        for entry in sheet.set_aside
    ]
    heads = [words(f"import.column.{name}") for name in ("file", "kind", "reason", "size")]
    inner = sortable_table(heads, rows, hint=words("import.sort_hint"), numeric=3)
    head = tag("summary", _set_aside_counts(place, sheet))
    more = _not_shown(place, sheet, "set_aside")
    return tag("details", head, more, tag("div", inner, of="wb-scroll"), of="wb-folded")


def _set_aside_counts(place: Workplace, sheet: CountSheet) -> str:
    """Say how many parts were set aside, of which kinds, and how large they are together."""
    words, formats = place.words, place.formats
    named = ", ".join(
        f"{formats.number(one.count)} {words.or_as_written('aside', one.kind)}"
        for one in sheet.kinds_set_aside()
    )
    count = sheet.set_aside_count
    said = words.counted("import.set_aside", count, written=formats.number(count))
    return f"{said}: {named} ({formats.size(sheet.set_aside_bytes)})"


def names_for_review_html(place: Workplace, names: Sequence[NameForReview]) -> Html:
    """Return the provider names that a person should confirm; nothing when there are none."""
    if not names:
        return EMPTY
    words, number = place.words, place.formats.number
    rows = [
        [
            (tag("strong", name.name_as_written), name.name_as_written),
            (name.provider, name.provider),
            (words.or_as_written("matched", name.matched_by), name.matched_by),
            (
                f"{number(name.score)} %" if name.score is not None else "",
                "" if name.score is None else str(name.score),
            ),
            (number(name.referral_count), str(name.referral_count)),
        ]
        for name in names
    ]
    columns = ("written", "taken", "because", "likeness", "referrals")
    heads = [words(f"import.column.{name}") for name in columns]
    table = sortable_table(heads, rows, hint=words("import.sort_hint"), numeric=3)
    return join(
        [
            tag("h3", words("import.names")),
            tag("p", words("import.names.rule"), of="wb-muted"),
            tag("div", table, of="wb-scroll"),
        ]
    )


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
