"""What was known before, where each version came from, and who read and decided what."""

from typing import Final

from workbench.desk.copies.versions import current_of
from workbench.desk.history_view import LinkView
from workbench.desk.referral_view import ReferralView
from workbench.ui.markup import Html, join, pairs, tag
from workbench.ui.parts.summary import decision_text
from workbench.ui.sections.attributions import added, local_day, provider_says
from workbench.ui.sections.people import attribute_list
from workbench.ui.sections.source_marks import ValueMarks
from workbench.ui.sections.values import (
    headed,
    known,
    moment,
    said,
    section,
    tags,
    yes_or_no,
)
from workbench.ui.session import Workplace

_DECISION_HEADS: Final = ("when", "who", "what", "note", "origin", "version")
_READING_HEADS: Final = ("when", "who", "read", "version")


def report_section(place: Workplace, view: ReferralView) -> Html:
    """Return what the report says of itself."""
    words, header = place.words, view.header
    flags = (
        "is_informational",
        "was_reported_to_police",
        "was_served_domestic_process",
        "was_served_foreign_process",
    )
    entries = known(
        [
            (words("report.provider"), _provider(place, view)),
            (words("report.provider_as_written"), header.provider_as_written),
            (words("report.platform"), header.platform),
            (words("report.incident_type"), header.incident_type),
            (words("report.more_types"), tags(header.additional_incident_types)),
            (words("report.classification"), header.ncmec_classification),
            (
                words("report.priority"),
                " ".join(part for part in (header.priority_id, header.priority_text) if part),
            ),
            (
                words("report.annotations"),
                tags(words.or_as_written("annotation", name) for name in header.annotations),
            ),
            (words("report.batched"), header.batched_reason),
            (words("report.country"), header.country),
            (
                words("report.police"),
                " ".join(
                    part for part in (header.police_agency, header.police_case_number) if part
                ),
            ),
            *(
                (words(f"report.{name}"), yes_or_no(words, getattr(header, name)))
                for name in flags
                if getattr(header, name) is not None
            ),
        ]
    )
    marks = ValueMarks(place, view)
    own = marks.row("report", current_of(view.versions))
    body = [own, pairs(entries), attribute_list(view.attributes, marks)]
    return section(words("section.report"), join(body))


def _provider(place: Workplace, view: ReferralView) -> Html | None:
    """Return the provider as we name it, and who says that the written name means it."""
    who, provider = provider_says(place, view), view.header.provider
    return added("provider", provider, who) if provider and who else None


def known_section(place: Workplace, view: ReferralView) -> Html:
    """Return the referrals this one is tied to, and by what."""
    words = place.words
    marks = ValueMarks(place, view)
    rows = [_link(place, link, marks) for link in view.links]
    heads = ("report", "tie", "provider", "received", "decision")
    table = headed(place, "link.column.", heads, rows)
    at = place.formats.moment(place.now)
    note = tag("p", words("link.compared", at=at), of="wb-muted wb-says", data_added="links")
    return section(
        words("pane.known_before"),
        join([table or tag("p", words("section.known.nothing"), of="wb-muted"), note]),
        count=place.formats.number(len(rows)),
    )


def _link(place: Workplace, link: LinkView, marks: ValueMarks) -> tuple[Html, ...]:
    words = place.words
    tie = [tag("div", words.or_as_written("link", link.kind))]
    if link.kind != "prior_report_number":
        tie.append(tag("div", link.evidence, of="wb-mono wb-muted"))
    else:
        tie.append(marks.stated("prior_report", "prior_report_number", link.evidence))
    number = link.report_number or (
        link.evidence if link.kind == "prior_report_number" else words("sign.not_said")
    )
    received = place.formats.day(link.received_at.date()) if link.received_at else None
    if link.referral_id is None:
        decided = words("link.not_here")
    elif link.disposition:
        decided = decision_text(place, link.disposition)
        if link.decided_at is not None:
            decided = f"{decided}, {local_day(place, link.decided_at)}"
    else:
        decided = words("link.undecided")
    return (
        tag("strong", number),
        join(tie),
        said(words, link.provider),
        said(words, received),
        tag("span", decided),
    )


def history_section(place: Workplace, view: ReferralView) -> Html:
    """Return who decided and who read, newest first."""
    words = place.words
    decisions = [
        (
            moment(place, each.decided_at, zone_stated=None),
            each.decided_by,
            decision_text(place, each.disposition, each.reason_code),
            each.note or "",
            words(f"decision.origin.{each.origin}"),
            str(each.version_seen),
        )
        for each in view.decisions
    ]
    readings = [
        (
            moment(place, each.read_at, zone_stated=None),
            each.read_by,
            words(f"reading.{each.part}"),
            str(each.version),
        )
        for each in view.readings
    ]
    parts = []
    if decisions:
        parts.append(headed(place, "history.column.", _DECISION_HEADS, decisions))
    if readings:
        read = headed(place, "history.column.", _READING_HEADS, readings)
        head = tag("summary", words.counted("section.history.readings", len(readings)))
        parts.append(tag("details", head, read, of="wb-folded"))
    return section(
        words("section.history"),
        join(parts),
        is_open=bool(decisions),
        nothing=words("section.history.nothing"),
    )
