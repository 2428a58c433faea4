"""What the screens and `show` know of one referral, ready to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workbench.desk.copies.differences import Comparison
from workbench.desk.copies.versions import SourceView
from workbench.desk.deadlines import ClockView, DeadlineView
from workbench.desk.history_view import DecisionView, LinkView, ReadingView, VersionView
from workbench.desk.kinds_view import TransactionView, WebAddressView
from workbench.desk.network_view import IpEventView
from workbench.desk.origins import NotStated, SourcePosition
from workbench.desk.text_signals import TextSignalView
from workbench.desk.value_places import ValuePlaces


@dataclass(frozen=True, slots=True)
class Header:
    """The strip at the top of the page: the current version and where it stands."""

    referral_id: str
    version_id: str
    version: int
    source_system: str
    report_number: str | None
    report_number_source: str | None
    provider: str | None
    provider_as_written: str | None
    platform: str | None
    kind: str | None
    incident_type: str | None
    additional_incident_types: tuple[str, ...]
    ncmec_classification: str | None
    incident_at: datetime | None
    incident_at_as_written: str | None
    incident_at_zone_stated: bool | None
    incident_at_description: str | None
    received_at: datetime | None
    received_at_as_written: str | None
    received_at_zone_stated: bool | None
    made_available_at: datetime | None
    processed_at: datetime | None
    escalation_text: str | None
    priority_id: str | None
    priority_text: str | None
    is_informational: bool | None
    batched_reason: str | None
    annotations: tuple[str, ...]
    country: str | None
    police_agency: str | None
    police_case_number: str | None
    was_reported_to_police: bool | None
    was_served_domestic_process: bool | None
    was_served_foreign_process: bool | None
    foreign_process_country: str | None
    assessed_at: datetime | None
    rulebook_hash: str | None
    urgency: str | None
    actionability: str | None
    deadline_on: date | None
    deadline_kind: str | None
    days_left: int | None
    disposition: str | None
    reason_code: str | None
    version_decided_on: int | None  # None: no decision stands

    @property
    def is_newer_than_decision(self) -> bool:
        """Whether this version came after the one that was seen when deciding."""
        return self.version_decided_on is not None and self.version > self.version_decided_on


@dataclass(frozen=True, slots=True)
class FindingView:
    """One rule's answer on this version, in words.

    `outcome` is met, not_met or unknown. `facts` are the values the rule used, as kept by the
    assessment, None meaning unknown, and `fact_titles` their names in the screen's language.
    `ask_for` says what to request of whom; empty for nothing. `positions` are the places in the
    source where the columns behind the facts have a value.
    """

    rule_id: str
    rule_version: int
    axis: str
    effect: str
    outcome: str
    title: str
    sentence: str
    ask_for: str
    source: str
    expression: str
    facts: Mapping[str, Any]
    fact_titles: Mapping[str, str]
    positions: tuple[SourcePosition, ...]


@dataclass(frozen=True, slots=True)
class IdentifierView:
    """One identifier; `value` None means the text is not a value of its kind."""

    party_no: int | None
    file_no: int | None
    kind: str | None
    label: str | None
    value_as_written: str | None
    value: str | None
    is_verified: bool | None
    verified_at: datetime | None
    event_name: str | None
    occurred_at: datetime | None
    source_path: str | None


@dataclass(frozen=True, slots=True)
class AddressView:
    """One stated or estimated place of a party; `origin` says whose word it is.

    `said_at` is when it was stated, else when the report came.
    """

    party_no: int | None
    label: str | None
    origin: str | None
    street: str | None
    city: str | None
    postal_code: str | None
    region: str | None
    country: str | None
    is_verified: bool | None
    said_at: datetime | None
    source_path: str | None


@dataclass(frozen=True, slots=True)
class AttributeView:
    """A source field that has no column of its own, as written."""

    party_no: int | None
    file_no: int | None
    name: str | None
    value_as_written: str | None
    source_path: str | None


@dataclass(frozen=True, slots=True)
class PartyView:
    """One person or account in the report, with what belongs to it."""

    party_no: int | None
    parent_party_no: int | None
    role: str | None
    account_type: str | None
    first_name: str | None
    middle_name: str | None
    last_name: str | None
    preferred_name: str | None
    age: int | None
    date_of_birth: date | None
    date_of_birth_as_written: str | None
    is_age_doubted: bool | None
    gender: str | None
    provider_user_id: str | None
    service: str | None
    is_third_party_account: bool | None
    is_compromised: bool | None
    is_temporarily_disabled: bool | None
    is_permanently_disabled: bool | None
    was_user_notified: bool | None
    disabled_at: datetime | None
    group_identifier: str | None
    has_access_to_children: bool | None
    has_access_to_child_victim: bool | None
    has_access_to_firearms: bool | None
    is_convicted_sex_offender: bool | None
    is_aware_of_report: bool | None
    relationship_to_child_victim: str | None
    source_path: str | None
    identifiers: tuple[IdentifierView, ...]
    addresses: tuple[AddressView, ...]
    attributes: tuple[AttributeView, ...]


@dataclass(frozen=True, slots=True)
class HashView:
    """One hash; `value` None means the text is not a hash of its type.

    `meaningless` says why it is never compared, such as empty_file; None: it is.
    """

    hash_type: str | None
    value_as_written: str | None
    value: str | None
    source_path: str | None
    meaningless: str | None


@dataclass(frozen=True, slots=True)
class HashMatchView:
    """One list that a file stands on: which, with which label, as of when, by which kind of hash.

    `as_of_basis` says whose date it is: stated, file_date or not_known.
    """

    list_name: str
    label: str
    as_of: date | None
    as_of_basis: str
    loaded_at: datetime
    algorithm: str


@dataclass(frozen=True, slots=True)
class FileView:
    """One file the report names; never the file."""

    file_no: int | None
    file_id: str | None
    file_name: str | None
    original_name: str | None
    is_viewed_by_provider: bool | None
    is_exif_viewed_by_provider: bool | None
    is_publicly_available: bool | None
    relevance: str | None
    industry_classification: str | None
    flags: tuple[str, ...]
    ncmec_tags: tuple[str, ...]
    uploaded_at: datetime | None
    uploaded_at_zone_stated: bool | None
    location_of_file: str | None
    source_path: str | None
    hashes: tuple[HashView, ...]
    list_matches: tuple[HashMatchView, ...]
    compared_list_count: int  # lists that hold a kind of hash this file has; 0: nothing is known
    attributes: tuple[AttributeView, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """One free text, to be veiled until asked for; boilerplate is never evidence."""

    text_no: int | None
    party_no: int | None
    file_no: int | None
    kind: str | None
    origin: str | None
    is_boilerplate: bool | None
    length: int
    content: str | None
    source_path: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralGlance:
    """What the reading pane says of one referral's newest version."""

    header: Header
    findings: tuple[FindingView, ...]  # without source positions, unless it is a whole view
    clocks: tuple[ClockView, ...]
    deadline: DeadlineView
    parties: tuple[PartyView, ...]
    ip_events: tuple[IpEventView, ...]
    files: tuple[FileView, ...]
    web_addresses: tuple[WebAddressView, ...]
    transactions: tuple[TransactionView, ...]  # newest first
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralView(ReferralGlance):
    """Everything known about it, and what was done with it."""

    unattached_identifiers: tuple[IdentifierView, ...]  # of a file, or of no party
    attributes: tuple[AttributeView, ...]  # of the report itself
    texts: tuple[TextView, ...]
    text_signals: tuple[TextSignalView, ...]
    versions: tuple[VersionView, ...]  # newest first
    sources: tuple[SourceView, ...]  # the current one first
    since_decision: Comparison | None  # None: nothing newer came since
    decisions: tuple[DecisionView, ...]  # newest first
    readings: tuple[ReadingView, ...]  # newest first
    not_stated: tuple[NotStated, ...]
    places: ValuePlaces  # of every value of the current version

    @property
    def file(self) -> str:
        """The file that the current version was read from."""
        return self.sources[0].file or ""
