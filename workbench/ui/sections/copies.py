"""Versions and sources: which copy is current and why, and what the copies say differently."""

from collections.abc import Callable
from datetime import datetime

import streamlit

from connectors.provenance.places import find_places
from connectors.statable import statable_columns
from workbench.desk.copies.versions import SourceView, compare_versions
from workbench.desk.history_view import VersionView
from workbench.desk.referral_view import ReferralView
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.parts.frame import show
from workbench.ui.sections.differences import comparison_html
from workbench.ui.sections.texts import is_unveiled
from workbench.ui.sections.values import headed, moment, said, section
from workbench.ui.session import Workplace


def draw_copies(place: Workplace, view: ReferralView) -> None:
    """Draw every copy that was read, the sources side by side, and any two versions compared."""
    show(_section(place, view))
    # One copy a format: what the sources say differently stands there already.
    if len(view.versions) > len({version.source_format for version in view.versions}):
        _draw_compared(place, view)


def notices(place: Workplace, view: ReferralView) -> Html:
    """Return what an officer must know before deciding: sources disagree, or a copy came since."""
    words = place.words
    lines = []
    if view.since_decision is not None:
        sentence = words.counted(
            "notice.since_decision",
            len(view.since_decision.disagreements),
            seen=view.header.version_decided_on,
            current=view.header.version,
        )
        lines.append(_notice("wb-high", sentence))
    lines.extend(_source_since(place, view, source) for source in view.sources_since)
    for source in view.sources:
        if source.compared is not None and source.is_in_conflict:
            sentence = words.counted(
                "notice.disagree",
                len(source.compared.conflicts),
                first=_format(place, view.sources[0].source_format),
                second=_format(place, source.source_format),
            )
            lines.append(_notice("wb-unknown", sentence))
    return tag("ul", *lines, of="wb-findings wb-notices", role="status") if lines else EMPTY


def _source_since(place: Workplace, view: ReferralView, source: VersionView) -> Html:
    sentence = place.words(
        "notice.source_since",
        seen=view.header.version_decided_on,
        format=_format(place, source.source_format),
        version=source.version,
    )
    return _notice("wb-high", sentence)


def _notice(look: str, sentence: str) -> Html:
    return tag("li", tag("span", of="wb-sign", aria_hidden="true"), tag("div", sentence), of=look)


def _section(place: Workplace, view: ReferralView) -> Html:
    words = place.words
    rows = [_version(place, version) for version in view.versions]
    heads = ("version", "standing", "format", "made", "loaded", "file")
    parts = [headed(place, "version.column.", heads, rows)]
    parts.extend(_source(place, view, source) for source in view.sources if source.compared)
    parts.append(_not_stated(place, view))
    is_open = (
        bool(view.came_since)
        or any(source.is_in_conflict for source in view.sources)
        or any(found.effect == "elsewhere" and found.outcome == "met" for found in view.findings)
    )
    count = place.formats.number(len(rows))
    return section(words("section.versions"), join(parts), is_open=is_open, count=count)


def _version(place: Workplace, version: VersionView) -> tuple[str, ...]:
    words = place.words
    made = said(words, place.formats.utc(version.made_at) if version.made_at else None)
    file = [said(words, version.file)]
    if version.source_path:
        file.append(tag("span", version.source_path, of="wb-muted"))
    number = str(version.version)
    return (
        tag("strong", number) if version.is_current else number,
        _standing(place, version),
        _format(place, version.source_format),
        made,
        moment(place, version.loaded_at, zone_stated=None),
        join(file, " "),
    )


def _standing(place: Workplace, version: VersionView) -> Html:
    """Say whether a version is current, and why it became so or did not."""
    words = place.words
    reason = version.passed_over or version.why_current or "first"
    own, other = _ages(place, version)
    why = words(f"version.why.{reason}", standing=version.stood_before or "", own=own, other=other)
    if not version.is_current:
        return tag("span", why, of="wb-muted")
    return join([tag("strong", words("version.current")), tag("span", why, of="wb-muted")], ": ")


def _ages(place: Workplace, version: VersionView) -> tuple[str, str]:
    """Write the ages that were weighed: as days, or to the second where the days are the same."""
    own, other = version.weighed_at, version.weighed_against
    if own is None or other is None:
        return "", ""
    is_one_day = own.date() == other.date()
    write = place.formats.utc if is_one_day else _day_of(place)
    return write(own), write(other)


def _day_of(place: Workplace) -> Callable[[datetime], str]:
    return lambda at: place.formats.day(at.date())


def _format(place: Workplace, source_format: str) -> str:
    return place.words.or_as_written("format", source_format)


def _source(place: Workplace, view: ReferralView, source: SourceView) -> Html:
    """Return how a further source differs from the current version; folded when it agrees."""
    words, compared = place.words, source.compared
    if compared is None:
        return EMPTY
    first, second = (
        _format(place, view.sources[0].source_format),
        _format(place, source.source_format),
    )
    head = [words("source.both", first=first, second=second)]
    if source.agrees:
        head.append(words("source.agrees"))
    if compared.conflicts:
        head.append(words.counted("source.conflicts", len(compared.conflicts)))
    if compared.one_sided:
        head.append(words.counted("source.one_sided", len(compared.one_sided)))
    body = comparison_html(
        place, compared, (first, second), is_source=True, is_unveiled=is_unveiled(view)
    )
    opened = {"open": "open"} if source.is_in_conflict else {}
    return tag("details", tag("summary", join(head, " · ")), body, of="wb-folded", **opened)


def _not_stated(place: Workplace, view: ReferralView) -> Html:
    if not view.not_stated:
        return EMPTY
    words = place.words
    blanks = [
        (
            tag("span", words.or_as_written("field", blank.column), title=blank.table),
            words.or_as_written("blank", blank.state),
            tag("span", blank.path or "", of="wb-mono"),
        )
        for blank in view.not_stated
    ]
    head = tag("summary", words.counted("section.versions.blank", len(blanks)))
    inner = headed(place, "blank.column.", ("field", "state", "place"), blanks)
    return tag("details", head, inner, of="wb-folded")


def _draw_compared(place: Workplace, view: ReferralView) -> None:
    """Let the officer choose two versions and show what they say differently."""
    words, versions = place.words, {version.version: version for version in view.versions}
    is_only_source = view.sources_since and not view.has_newer_version
    newest = view.sources_since[0].version if is_only_source else view.header.version
    oldest = view.header.version_decided_on or versions[newest].compared_with or min(versions)
    numbers = sorted(versions)
    if oldest == newest:
        newest = max(number for number in numbers if number != oldest)
    named = {number: _chosen(place, versions[number]) for number in numbers}
    with streamlit.container(key="copies"):
        with streamlit.container(key="copies_chosen", horizontal=True, gap="small"):
            before = streamlit.selectbox(
                words("version.compare.before"),
                numbers,
                index=numbers.index(oldest),
                key=f"before_{place.language}_{view.header.version_id}",
                format_func=named.__getitem__,
            )
            after = streamlit.selectbox(
                words("version.compare.after"),
                numbers,
                index=numbers.index(newest),
                key=f"after_{place.language}_{view.header.version_id}",
                format_func=named.__getitem__,
            )
        compared = compare_versions(
            place.store,
            view.header.referral_id,
            before,
            after,
            statable_columns(),
            find_places=find_places(place.settings.column_maps),
        )
        formats = [versions[number].source_format for number in (before, after)]
        are_sources = formats[0] != formats[1]  # what one has no word for is not gone
        titles = [_format(place, name) for name in formats]
        if not are_sources:
            titles = [words("version.named", version=number) for number in (before, after)]
        show(
            comparison_html(
                place,
                compared,
                (titles[0], titles[1]),
                is_source=are_sources,
                is_unveiled=is_unveiled(view),
            )
        )


def _chosen(place: Workplace, version: VersionView) -> str:
    name = place.words("version.named", version=version.version)
    return f"{name}, {_format(place, version.source_format)}"
