"""What hotlines and institutions report: web addresses with their hosting, and payments."""

from workbench.desk.kinds_view import (
    TransactionView,
    WebActionView,
    WebAddressView,
    WebAssessmentView,
)
from workbench.desk.referral_view import ReferralView
from workbench.normalise.web_address import inert_web_address
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.sections.source_marks import ValueMarks
from workbench.ui.sections.values import copied, headed, moment, said, section, tags, yes_or_no
from workbench.ui.session import Workplace


def web_addresses_section(place: Workplace, view: ReferralView) -> Html:
    """Return every address, written inert; nothing at all for a referral of another kind."""
    marks = ValueMarks(place, view)
    rows = [_web_address(place, address, marks) for address in view.web_addresses]
    if not rows:
        return EMPTY
    heads = ("no", "address", "hosting", "assessed", "actions")
    body = headed(place, "web.column.", heads, rows)
    note = tag("p", place.words("section.web.inert"), of="wb-muted")
    if any(source.is_current and source.source_format == "iccam_v2" for source in view.sources):
        codes = tag("p", place.words("web.codes"), of="wb-muted wb-says", data_added="codes")
        note = join([note, codes])
    count = place.formats.number(len(rows))
    return section(place.words("section.web"), join([note, body]), count=count)


def _web_address(place: Workplace, address: WebAddressView, marks: ValueMarks) -> tuple[Html, ...]:
    words = place.words
    site = _coded(place, "web.site", address.site_type_word, address.site_type)
    business = _coded(place, "web.commerciality", address.commerciality_word, address.commerciality)
    signs = [words(f"web.relation.{address.relation or 'content'}")]
    signs += [words("web.source")] if address.is_source_url else []
    signs += [text for text in (site, business) if text]
    url = address.url_as_written
    lines = [
        copied(place, inert_web_address(url)) if url else said(words, None),
        tag("div", tags(signs)),
        marks.row("web_address", address),
    ]
    if address.content_id:
        lines.append(tag("div", words("web.content_id", id=address.content_id), of="wb-muted"))
    return (
        said(words, address.web_address_no),
        join(lines),
        _hosting(place, address),
        join(_assessment(place, each, marks) for each in address.assessments) or said(words, None),
        join(_action(place, each, marks) for each in address.actions) or said(words, None),
    )


def _hosting(place: Workplace, address: WebAddressView) -> Html:
    words = place.words
    lines = [tag("div", said(words, address.hosting_country))]
    if address.hosting_ip_as_written:
        lines.append(tag("div", copied(place, address.hosting_ip_as_written)))
    if address.hosting_network:
        lines.append(tag("div", address.hosting_network, of="wb-muted"))
    if address.assigned_country:
        assigned = words("web.assigned", country=address.assigned_country)
        lines.append(tag("div", assigned, " ", _assigned_at(place, address), of="wb-muted"))
    if address.checked_at:
        stated = address.checked_at_zone_stated
        at = moment(place, address.checked_at, zone_stated=stated)
        lines.append(tag("div", words("web.checked"), " ", at, of="wb-muted"))
    if address.status:
        lines.append(tag("div", address.status))
    return join(lines)


def _assigned_at(place: Workplace, address: WebAddressView) -> Html:
    if address.country_assigned_at is None:
        return EMPTY
    stated = address.country_assigned_at_zone_stated
    return moment(place, address.country_assigned_at, zone_stated=stated)


def _assessment(place: Workplace, assessment: WebAssessmentView, marks: ValueMarks) -> Html:
    words = place.words
    coded = [
        _coded(
            place,
            "web.classification",
            assessment.classification_word,
            assessment.classification,
        ),
        _coded(place, "web.age", assessment.age_group_word, assessment.age_group),
        _coded(place, "web.gender", assessment.gender_word, assessment.gender),
        _coded(place, "web.content", assessment.content_type_word, assessment.content_type),
        _coded(place, "web.commerciality", assessment.commerciality_word, assessment.commerciality),
    ]
    lines = [tag("div", tags(text for text in coded if text))]
    for name in ("is_virtual", "is_child_modeling", "is_user_generated"):
        value = getattr(assessment, name)
        if value is not None:
            lines.append(tag("div", words(f"web.{name}"), ": ", yes_or_no(words, value)))
    by = [assessment.classified_by] if assessment.classified_by else []
    if assessment.classified_at:
        stated = assessment.classified_at_zone_stated
        by.append(moment(place, assessment.classified_at, zone_stated=stated))
    if by:
        lines.append(tag("div", join(by, " "), of="wb-muted"))
    return join([*lines, marks.row("web_assessment", assessment)])


def _action(place: Workplace, action: WebActionView, marks: ValueMarks) -> Html:
    word = _coded(place, "web.action", action.action_word, action.action, is_named=False)
    more = [text for text in (action.country, action.actor, action.reason) if text]
    if action.acted_at or action.acted_at_as_written:
        more.insert(
            0,
            moment(
                place,
                action.acted_at,
                zone_stated=action.acted_at_zone_stated,
                as_written=action.acted_at_as_written,
            ),
        )
    said_more = tag("div", join(more, " · "), of="wb-muted")
    return join([tag("div", word), said_more, marks.row("web_action", action)])


def _coded(
    place: Workplace, prefix: str, word: str | None, code: str | None, *, is_named: bool = True
) -> str:
    """Write a code's word; without one the code as it is, said to be one nobody has published.

    Args:
        place: For the words.
        prefix: Of the catalogue's words for this list.
        word: What the code stands for; None: nobody says.
        code: As the hotline wrote it; None: it did not.
        is_named: Put the name of the list before the word.
    """
    if code is None:
        return ""
    name = place.words(prefix)
    if word is None:
        return place.words("web.code", name=name, code=code)
    key = f"{prefix}.{word}"
    text = place.words(key) if place.words.knows(key) else code
    return f"{name}: {text}" if is_named else text


def transactions_section(place: Workplace, view: ReferralView) -> Html:
    """Return every payment; nothing at all for a referral that names none."""
    marks = ValueMarks(place, view)
    rows = [_transaction(place, each, marks) for each in view.transactions]
    if not rows:
        return EMPTY
    heads = ("no", "reference", "at", "amount", "countries", "channel", "keywords")
    body = headed(place, "payment.column.", heads, rows)
    return section(place.words("section.payments"), body, count=place.formats.number(len(rows)))


def _transaction(place: Workplace, payment: TransactionView, marks: ValueMarks) -> tuple[Html, ...]:
    words = place.words
    amount = payment.amount or payment.amount_as_written
    shown = [said(words, amount), tag("span", payment.currency or "")]
    if amount and payment.amount is None:
        shown.append(tag("span", words("payment.unreadable"), of="wb-tag"))
    countries = join(
        [said(words, payment.sender_country), said(words, payment.recipient_country)], " → "
    )
    return (
        said(words, payment.transaction_no),
        join(
            [
                copied(place, payment.reference) or said(words, None),
                marks.row("transaction_record", payment),
            ],
            " ",
        ),
        moment(
            place,
            payment.occurred_at,
            zone_stated=payment.occurred_at_zone_stated,
            as_written=payment.occurred_at_as_written,
        ),
        join(shown, " "),
        countries,
        said(words, payment.channel),
        tags(payment.keywords) or said(words, None),
    )
