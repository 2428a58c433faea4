"""Who says what we added, and as of when: in sight beside each value that no source stated."""

from collections.abc import Sequence
from datetime import date, datetime

from workbench.desk.people_view import IdentifierView
from workbench.desk.referral_view import ReferralView
from workbench.desk.text_signals import TextScanView
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.session import Workplace

_SHOWN_HASH = 8  # letters by which a rulebook is known


def added(kind: str, shown: Html | str, who_and_when: str, *, hover: str = "") -> Html:
    """Return a value that we added, and below it who says so as of when.

    Args:
        kind: What it is; the tests find it by that.
        shown: The value.
        who_and_when: One line.
        hover: More of it.
    """
    says = tag("div", who_and_when, of="wb-muted wb-says", title=hover)
    return tag("div", tag("div", shown), says, data_added=kind)


def list_and_day(place: Workplace, name: str, day: date | None) -> str:
    """Name a list and its day, or that nobody knows its day."""
    if day is None:
        return place.words("ip.says.undated", list=name)
    return place.words("ip.says", list=name, day=place.formats.day(day))


def local_day(place: Workplace, at: datetime) -> str:
    """Write the day of something we did."""
    return place.formats.day(place.formats.local_day(at))


def mailbox(place: Workplace, entry: IdentifierView) -> Html:
    """Say what our lists know of an e-mail address; nothing for other identifiers."""
    if entry.kind != "email":
        return EMPTY
    words = place.words
    if entry.mail_kind is None or entry.mail_kind_at is None:
        return tag("div", words("mail.not_asked"), of="wb-muted")
    kind = words(f"mail.{entry.mail_kind}", provider=entry.mail_provider or "")
    source = entry.mail_kind_source or words("mail.lists")
    says = words("says.looked_up", list=source, day=local_day(place, entry.mail_kind_at))
    return added("mail_kind", kind, says)


def provider_says(place: Workplace, view: ReferralView) -> str:
    """Say who took the written name for this provider, and when."""
    named, words = view.provider_name, place.words
    if named is None:
        return ""
    return words(
        f"provider.says.{named.said_by}",
        day=local_day(place, named.said_at),
        who=named.ruled_by or "",
        score=place.formats.number(named.score or 0),
    )


def assessed(place: Workplace, view: ReferralView) -> Html:
    """Say by which rulebook and when the signs were set, and who names the provider."""
    words, header = place.words, view.header
    lines = []
    if header.assessed_at is None or header.rulebook_hash is None:
        lines.append(tag("div", words("section.why.not_assessed"), of="wb-says"))
    else:
        rulebook = header.rulebook_hash[:_SHOWN_HASH]
        at = place.formats.moment(header.assessed_at)
        by = words("assessed.by", at=at, rulebook=rulebook)
        said = tag("div", by, of="wb-says", title=header.rulebook_hash, data_added="bands")
        lines.append(said)
    if who := provider_says(place, view):
        named = words("provider.named", who=who)
        lines.append(tag("div", named, of="wb-says", data_added="provider"))
    return tag("div", *lines, of="wb-muted wb-assessed")


def counted_by(place: Workplace, view: ReferralView) -> Html:
    """Say when and by which rulebook the clocks were counted, and who knows the working days."""
    words, header, calendar = place.words, view.header, view.working_calendar
    lines = []
    if header.assessed_at is not None and header.rulebook_hash is not None:
        at, rulebook = (
            place.formats.moment(header.assessed_at),
            header.rulebook_hash[:_SHOWN_HASH],
        )
        lines.append(words("clock.counted", at=at, rulebook=rulebook))
    if calendar is not None and any(clock.ask_by_on for clock in view.clocks):
        day = local_day(place, calendar.recorded_at)
        country, who = calendar.country, calendar.said_by
        lines.append(words("clock.calendar", who=who, country=country, day=day))
    if not lines:
        return EMPTY
    return tag("p", " ".join(lines), of="wb-muted wb-says", data_added="clocks")


def searched(place: Workplace, scans: Sequence[TextScanView], *, found_any: bool) -> Html:
    """Say when texts were searched with which lists, also where nothing was found."""
    words, formats = place.words, place.formats
    if not scans:
        return tag("p", words("signals.not_searched"), of="wb-muted")
    same: dict[tuple[date, str], list[TextScanView]] = {}
    for scan in scans:
        same.setdefault((formats.local_day(scan.scanned_at), scan.list_names), []).append(scan)
    lines = []
    for (day, names), found in same.items():
        first = found[0]
        oldest, newest = formats.day(first.oldest_on), formats.day(first.newest_on)
        span = (
            words("signals.dated.one", day=newest)
            if oldest == newest
            else words("signals.dated", oldest=oldest, newest=newest)
        )
        result = "" if found_any else words("signals.nothing")
        head = words.counted(
            "signals.searched",
            len(found),
            written=formats.number(len(found)),
            day=formats.day(day),
            lists=formats.number(first.list_count),
        )
        summary = tag("summary", f"{head} {span} {result}".rstrip())
        lines.append(
            tag("details", summary, tag("div", names), of="wb-folded wb-says", data_added="search")
        )
    return join(lines)
