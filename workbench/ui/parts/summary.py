"""What pane and page both say of a referral: its head, its three signs, who, and what was known."""

from typing import Final

from workbench.desk.history_view import LinkView
from workbench.desk.people_view import PartyView
from workbench.desk.referral_view import Header, ReferralGlance
from workbench.ui.catalogue import Words
from workbench.ui.markup import EMPTY, Html, join, pairs, tag
from workbench.ui.parts.subject import subject
from workbench.ui.session import Workplace
from workbench.ui.signs import Deadline, actionability_sign, time_left_sign, urgency_sign

# In the pane a person is told apart by these, in this order; the page shows everything.
_TELLING_KINDS: Final = ("screen_name", "provider_user_id", "email", "phone", "display_name")
_SHOWN_IDENTIFIERS: Final = 4
_SHOWN_PARTIES: Final = 5


def number_of(words: Words, header: Header) -> str:
    """Return what officers call a referral: its report number, or its id when it has none."""
    return header.report_number or words("referral.without_number", id=header.referral_id[:8])


def head(place: Workplace, view: ReferralGlance) -> Html:
    """Return the line that names the referral."""
    words, header = place.words, view.header
    parts = [
        tag("span", number_of(words, header), of="wb-number"),
        tag("span", header.provider or words("referral.no_provider")),
        tag("span", words.or_as_written("kind", header.kind or "unknown")),
        _received(place, header),
    ]
    if header.version > 1:
        parts.append(tag("span", words("referral.version", version=header.version)))
    came = {"newer": view.has_newer_version, "new_source": bool(view.sources_since)}
    for name in (name for name, is_so in came.items() if is_so):
        seen = words("referral.newer.title", version=header.version_decided_on)
        said = words(f"referral.{name}")
        parts.append(tag("span", "↻ ", said, of="wb-tag wb-newer", title=seen))
    if header.disposition:
        parts.append(
            tag("span", decision_text(place, header.disposition, header.reason_code), of="wb-tag")
        )
    return tag("div", *parts, of="wb-head")


def decision_text(place: Workplace, disposition: str | None, reason_code: str | None = None) -> str:
    """Say what was decided, with the reason if there is one; None: opened again."""
    if disposition is None:
        return place.words("disposition.none")
    said = place.words.or_as_written("disposition", disposition)
    return f"{said}: {place.reason_title(reason_code)}" if reason_code else said


def marks(place: Workplace, view: ReferralGlance) -> Html:
    """Return the three signs."""
    words, header = place.words, view.header
    signs = (
        urgency_sign(words, header.urgency),
        actionability_sign(words, header.actionability),
        time_left_sign(words, place.formats, Deadline.of_view(view)),
    )
    return tag("div", *(sign.html() for sign in signs), of="wb-marks")


def who(place: Workplace, view: ReferralGlance) -> Html:
    """Return one line per person or account, and how many addresses and files are named."""
    words = place.words
    shown = [party for party in view.parties if party.role != "reporter"][:_SHOWN_PARTIES]
    entries: list[tuple[str, str]] = [
        (role_of(words, party), _telling(place, party)) for party in shown
    ]
    dated = [event for event in view.ip_events if event.occurred_at]
    addresses = words.counted("pane.ip_events", len(view.ip_events))
    entries.append(
        (words("pane.addresses"), join([addresses, ", ", words("pane.dated", count=len(dated))]))
        if view.ip_events
        else (words("pane.addresses"), words("pane.no_ip_events"))
    )
    entries.append((words("pane.files"), _files(words, view)))
    of_its_kind = subject(place, view)
    if of_its_kind and not view.ip_events and not view.files:
        entries = entries[: len(shown)]  # such a referral has neither by its nature
    return pairs([*entries, *of_its_kind])


def role_of(words: Words, party: PartyView) -> str:
    """Return a party's role; of a payment, which side of it."""
    side = f"account.{party.account_type}"
    if words.knows(side):
        return words(side)
    return words.or_as_written("role", party.role or "unknown")


def known_before(place: Workplace, view: ReferralGlance) -> Html:
    """Return the referrals this one is tied to, or nothing."""
    return (
        tag("ul", *(_link(place, link) for link in view.links), of="wb-plain-list")
        if (view.links)
        else EMPTY
    )


def _received(place: Workplace, header: Header) -> Html:
    if header.received_at is None:
        return tag("span", place.words("referral.received_unknown"), of="wb-muted")
    ago = place.formats.ago(header.received_at, place.now)
    exact = place.formats.moment(header.received_at, zone=True)
    return tag("span", place.words("referral.received", ago=ago), of="wb-muted", title=exact)


def _telling(place: Workplace, party: PartyView) -> Html:
    words = place.words
    facts: list[str] = [name for name in (party.first_name, party.last_name) if name]
    if party.age is not None:
        facts.append(words.counted("party.age", party.age))
    known = sorted(
        (entry for entry in party.identifiers if entry.kind in _TELLING_KINDS),
        key=lambda entry: _TELLING_KINDS.index(entry.kind or ""),
    )
    for entry in known[:_SHOWN_IDENTIFIERS]:
        name = words.or_as_written("identifier", entry.kind)
        value = tag("span", entry.value_as_written or "", of="wb-mono")
        facts.append(join([tag("span", name, of="wb-muted"), " ", value]))
    return join(facts or [words("party.nothing_said")], " · ")


def _files(words: Words, view: ReferralGlance) -> str:
    if not view.files:
        return words("pane.no_files")
    counted = words.counted("pane.file_count", len(view.files))
    viewed = [file for file in view.files if file.is_viewed_by_provider]
    return f"{counted}, {words('pane.viewed', count=len(viewed))}"


def _link(place: Workplace, link: LinkView) -> Html:
    words = place.words
    name = tag("strong", link.report_number or link.evidence)
    what = words.or_as_written("link", link.kind)
    decided = (
        f"{decision_text(place, link.disposition)} {place.formats.day(link.decided_at.date())}"
        if link.disposition and link.decided_at
        else words("link.not_here" if link.referral_id is None else "link.undecided")
    )
    return tag("li", join([name, f"{what}", decided], " · "))
