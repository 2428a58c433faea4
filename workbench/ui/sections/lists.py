"""The table of loaded lists, and what became of one that was loaded here."""

from collections.abc import Sequence

from workbench.desk.lists import LoadedList
from workbench.enrich.hash_lists import HashListSheet
from workbench.enrich.networks import FeedLoad
from workbench.errors import WorkbenchError
from workbench.ui.markup import Html, join, tag
from workbench.ui.sections.values import headed, said
from workbench.ui.session import Workplace


def lists_table(place: Workplace, lists: Sequence[LoadedList]) -> Html:
    """Return which lists speak now: kind, name, date and age, size, licence, who loaded it."""
    heads = ("kind", "name", "as_of", "entries", "licence", "loaded")
    return headed(place, "lists.column.", heads, [_row(place, one) for one in lists])


def _row(place: Workplace, one: LoadedList) -> tuple[Html | str, ...]:
    words, formats = place.words, place.formats
    name = [tag("div", one.name)]
    if one.label:
        name.append(tag("span", words.or_as_written("hash_label", one.label), of="wb-tag"))
    if one.file_name != one.name:
        name.append(tag("div", one.file_name, of="wb-muted"))
    entries = [tag("div", formats.number(one.entry_count))]
    if one.rejected_count:
        written = formats.number(one.rejected_count)
        refused = words.counted("lists.rejected", one.rejected_count, written=written)
        entries.append(tag("div", refused, of="wb-muted"))
    loaded = [tag("div", formats.moment(one.loaded_at))]
    if one.loaded_by:
        loaded.append(tag("div", one.loaded_by, of="wb-muted"))
    return (
        words.or_as_written("lists.kind", one.kind),
        join(name),
        _as_of(place, one),
        join(entries),
        _ours(place, one.licence) if one.licence else said(words, None),
        join(loaded),
    )


def _as_of(place: Workplace, one: LoadedList) -> Html:
    words = place.words
    lines = [tag("div", place.formats.day(one.as_of))] if one.as_of else []
    lines.append(tag("div", words.or_as_written("as_of", one.as_of_basis), of="wb-muted"))
    if one.is_old:
        is_dated = one.age_days is not None
        age = words("lists.old", days=one.age_days) if is_dated else words("lists.old.undated")
        lines.append(tag("span", f"⚠ {age}", of="wb-tag"))
    return join(lines)


def load_outcome(place: Workplace, load: FeedLoad) -> Html:
    """Return the count of a load and the lines that were refused."""
    words, number = place.words, place.formats.number
    if load.is_unchanged:
        return tag("p", words("lists.unchanged", name=load.name))
    count = words(
        "lists.loaded",
        name=load.name,
        read=number(load.read),
        ranges=number(load.ranges),
        duplicates=number(load.duplicates),
        rejected=number(load.rejected),
        changed=number(load.addresses_changed),
    )
    rows = [
        (_spot(place, one.place), _ours(place, one.reason), _ours(place, one.remedy))
        for one in load.rejections
    ]
    heads = ("place", "reason", "remedy")
    return join([tag("p", count), headed(place, "lists.rejection.column.", heads, rows)])


def hash_load_outcome(place: Workplace, sheet: HashListSheet) -> Html:
    """Return the count of a hash list's load and the lines that were refused."""
    words, number = place.words, place.formats.number
    if sheet.is_unchanged:
        return tag("p", words("lists.unchanged", name=sheet.name))
    count = words(
        "lists.hashes.loaded",
        name=sheet.name,
        read=number(sheet.read),
        loaded=number(sheet.loaded),
        repeated=number(sheet.repeated),
        left_out=number(sheet.left_out),
        rejected=number(sheet.rejected),
        matched=number(sheet.matched_referrals),
    )
    rows = [
        (
            _spot(place, one["place"]),
            words.or_as_written("hash_fault", one["code"]),
            _ours(place, one["remedy"]),
        )
        for one in sheet.rejections
    ]
    heads = ("place", "reason", "remedy")
    return join([tag("p", count), headed(place, "lists.rejection.column.", heads, rows)])


def refusal(place: Workplace, error: WorkbenchError) -> str:
    """Return why a list could not be loaded, in the officer's language where we have it."""
    where = f"{error.location}: " if error.location else ""
    return f"{where}{_ours(place, error.message)} {_ours(place, error.remedy or '')}".strip()


def _ours(place: Workplace, text: str) -> str:
    """Return a sentence or source of what we ship in the officer's language; others as written."""
    return place.words.or_as_written("list_word", text)


def _spot(place: Workplace, written: str) -> str:
    """Return `line 7`, also behind the name of a file, in the officer's language."""
    before, line, number = written.rpartition("line ")
    return before + place.words("lists.line", number=number) if line else written
