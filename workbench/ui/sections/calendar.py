"""One day of the calendar: what is lost on it, on which basis, and by when to ask."""

from workbench.desk.calendar import CalendarDay, CalendarRow
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.parts.deadline import ask_by_text, lost_text
from workbench.ui.parts.small_things import choice
from workbench.ui.parts.summary import decision_text
from workbench.ui.sections.values import headed, said
from workbench.ui.session import Workplace
from workbench.ui.signs import days_sign, urgency_sign

_HEADS = ("report", "urgency", "provider", "lost", "basis", "remains")


def day_section(place: Workplace, day: CalendarDay) -> Html:
    """Return a day with its weekday, its holiday's name and the referrals that lose something."""
    rows = [_row(place, row) for row in day.rows]
    table = headed(place, "calendar.column.", _HEADS, rows)
    hidden = day.referral_count - len(day.rows)
    more = (
        tag("p", place.words.counted("calendar.more", hidden), of="wb-muted") if hidden else EMPTY
    )
    return tag("section", _head(place, day), table, more, of="wb-day")


def _head(place: Workplace, day: CalendarDay) -> Html:
    words = place.words
    parts = [
        tag("h3", place.formats.weekday(day.day_on)),
        days_sign(words, place.formats, day.days_left).html(),
    ]
    if day.holiday:
        parts.append(tag("span", day.holiday, of="wb-tag"))
    elif day.is_working is False:
        parts.append(tag("span", words("calendar.weekend"), of="wb-tag"))
    if day.days_left >= 0:
        parts.append(tag("span", ask_by_text(place, day.day_on, day.ask_by_on)))
    count = place.formats.number(day.referral_count)
    counted = words.counted("count.total", day.referral_count)
    parts.append(tag("span", f"{count} {counted}", of="wb-muted"))
    return tag("div", *parts, of="wb-day-head")


def _row(place: Workplace, row: CalendarRow) -> tuple[Html, ...]:
    words = place.words
    number = row.report_number or words("referral.without_number", id=row.referral_id[:8])
    report = [choice(number, "referral", row.referral_id, title=words("calendar.open"))]
    if row.disposition:
        report.append(tag("div", decision_text(place, row.disposition), of="wb-muted"))
    lost = lost_text(place, row.deadline_kind, [row.ip_address] if row.ip_address else [])
    doubts = [
        words("clock.start_estimated") if row.is_start_estimated else "",
        words("clock.country_assumed") if row.is_country_assumed else "",
    ]
    return (
        join(report),
        urgency_sign(words, row.urgency).html(),
        join([tag("div", said(words, row.provider)), _kind(place, row)]),
        join([tag("div", lost), *(tag("div", doubt, of="wb-muted") for doubt in doubts if doubt)]),
        join(
            [
                tag("div", said(words, row.legal_basis)),
                tag("div", words.or_as_written("certainty", row.certainty), of="wb-muted"),
            ]
        ),
        _remains(place, row),
    )


def _kind(place: Workplace, row: CalendarRow) -> Html:
    return tag("div", place.words.or_as_written("kind", row.kind or "unknown"), of="wb-muted")


def _remains(place: Workplace, row: CalendarRow) -> Html:
    if row.remaining_until_on is None:
        return tag("span", place.words("calendar.remains_nothing"), of="wb-muted")
    until = place.formats.day(row.remaining_until_on)
    what = lost_text(place, row.remaining_kind, [])
    return tag("span", place.words("calendar.remains", what=what, day=until))
