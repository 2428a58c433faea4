"""People: reported user, victims, recipients, accounts; what is said of each."""

from workbench.desk.people_view import AddressView, AttributeView, IdentifierView, PartyView
from workbench.desk.referral_view import ReferralView
from workbench.ui.markup import EMPTY, Html, join, pairs, tag
from workbench.ui.parts.summary import role_of
from workbench.ui.sections.attributions import mailbox
from workbench.ui.sections.source_marks import ValueMarks
from workbench.ui.sections.values import (
    copied,
    headed,
    known,
    moment,
    section,
    yes_or_no,
)
from workbench.ui.session import Workplace

# Yes, no and "not said" are all worth reading for these; they are left out when not said.
_SIGNS = (
    "is_age_doubted",
    "is_compromised",
    "is_third_party_account",
    "is_temporarily_disabled",
    "is_permanently_disabled",
    "was_user_notified",
    "is_aware_of_report",
    "has_access_to_children",
    "has_access_to_child_victim",
    "has_access_to_firearms",
    "is_convicted_sex_offender",
)


def people_section(place: Workplace, view: ReferralView) -> Html:
    """Return everybody the report names."""
    words = place.words
    marks = ValueMarks(place, view)
    parties = [_party(place, party, marks) for party in view.parties]
    loose = _identifiers(place, view.unattached_identifiers, marks)
    if loose:
        parts = [tag("h4", words("section.people.unattached"), of="wb-section"), loose]
        parties.append(tag("div", *parts))
    return section(
        words("section.people"),
        join(parties),
        count=place.formats.number(len(view.parties)),
        nothing=words("section.people.nothing"),
    )


def attribute_list(attributes: tuple[AttributeView, ...], marks: ValueMarks) -> Html:
    """Return source fields that have no column of their own, as written."""
    if not attributes:
        return EMPTY
    return pairs(
        (
            entry.name or "",
            join([entry.value_as_written or "", marks.row("attribute", entry)], " "),
        )
        for entry in attributes
    )


def _party(place: Workplace, party: PartyView, marks: ValueMarks) -> Html:
    words = place.words
    title = tag("h4", role_of(words, party), " ", marks.row("party", party), of="wb-section")
    entries = _known_of(place, party, marks)
    parts = [
        pairs(entries) if entries else EMPTY,
        _identifiers(place, party.identifiers, marks),
        _addresses(place, party.addresses, marks),
        attribute_list(party.attributes, marks),
    ]
    said = [part for part in parts if part]
    return tag(
        "div",
        title,
        *(said or [tag("p", words("party.nothing_said"), of="wb-muted")]),
        of="wb-party",
    )


def _known_of(place: Workplace, party: PartyView, marks: ValueMarks) -> list[tuple[str, str]]:
    """Return what is said of a person, each value with its place on hover."""
    words, formats = place.words, place.formats
    names = " ".join(
        name for name in (party.first_name, party.middle_name, party.last_name) if name
    )
    born = formats.day(party.date_of_birth) if party.date_of_birth else None
    signs = ((name, getattr(party, name)) for name in _SIGNS)
    entries: list[tuple[str, str, Html | str | None]] = [
        ("party.name", "first_name" if party.first_name else "last_name", names),
        ("party.preferred_name", "preferred_name", party.preferred_name),
        ("party.age_label", "age", _age(place, party)),
        ("party.born", "date_of_birth", born or party.date_of_birth_as_written),
        ("party.gender", "gender", party.gender),
        ("party.service", "service", party.service),
        ("party.account_type", "account_type", party.account_type),
        ("party.group", "group_identifier", party.group_identifier),
        (
            "party.relationship",
            "relationship_to_child_victim",
            party.relationship_to_child_victim,
        ),
        (
            "party.disabled_at",
            "disabled_at",
            formats.utc(party.disabled_at) if party.disabled_at else None,
        ),
        *(
            (f"party.{name}", name, yes_or_no(words, value))
            for name, value in signs
            if value is not None
        ),
    ]
    return known(
        [
            (words(key), marks.value("party", party, column, shown or ""))
            for key, column, shown in entries
        ]
    )


def _age(place: Workplace, party: PartyView) -> str | None:
    return None if party.age is None else place.words.counted("party.age", party.age)


def _identifiers(
    place: Workplace, identifiers: tuple[IdentifierView, ...], marks: ValueMarks
) -> Html:
    if not identifiers:
        return EMPTY
    words = place.words
    rows = [
        (
            words.or_as_written("identifier", entry.kind),
            join([copied(place, entry.value_as_written), mailbox(place, entry)]),
            _verified(place, entry),
            entry.label or "",
            moment(place, entry.occurred_at, zone_stated=None) if entry.occurred_at else "",
            marks.row("identifier", entry),
        )
        for entry in identifiers
    ]
    heads = ("kind", "value", "verified", "label", "seen", "source")
    return headed(place, "identifier.column.", heads, rows)


def _verified(place: Workplace, entry: IdentifierView) -> Html:
    words = place.words
    if entry.is_verified is None:
        return tag("span", words("identifier.verified.unknown"), of="wb-muted")
    look = "good" if entry.is_verified else "not_met"
    word = words("identifier.verified.yes" if entry.is_verified else "identifier.verified.no")
    hover = place.formats.utc(entry.verified_at) if entry.verified_at else ""
    shape = tag("span", of="wb-sign", aria_hidden="true")
    return tag("span", shape, tag("span", word), of=f"wb-mark wb-{look}", title=hover)


def _addresses(place: Workplace, addresses: tuple[AddressView, ...], marks: ValueMarks) -> Html:
    if not addresses:
        return EMPTY
    words = place.words
    rows = []
    for entry in addresses:
        lines = (entry.street, entry.postal_code, entry.city, entry.region, entry.country)
        origin = words.or_as_written("origin", entry.origin) if entry.origin else ""
        rows.append(
            (
                ", ".join(line for line in lines if line),
                origin,
                entry.label or "",
                yes_or_no(words, entry.is_verified),
                place.formats.day(entry.said_at.date()) if entry.said_at else EMPTY,
                marks.row("address", entry),
            )
        )
    heads = ("place", "origin", "label", "verified", "as_of", "source")
    return headed(place, "address.column.", heads, rows)
