"""What the screens and `show` know of one referral, ready to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workbench.desk.copies.differences import Comparison
from workbench.desk.copies.versions import SourceView
from workbench.desk.deadlines import ClockView, DeadlineView
from workbench.desk.file_view import FileView
from workbench.desk.history_view import DecisionView, LinkView, ReadingView, VersionView
from workbench.desk.kinds_view import TransactionView, WebAddressView
from workbench.desk.network_view import IpEventView
from workbench.desk.origins import NotStated, SourcePosition
from workbench.desk.people_view import AttributeView, IdentifierView, PartyView
from workbench.desk.text_signals import TextScanView, TextSignalView
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
class WorkingCalendarView:
    """Who says which days are working days of which country, and since when we have it."""

    country: str
    said_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ProviderNameView:
    """Which provider a written name stands for.

    `said_by` is table, similar (by `score`, of 100), itself (fits nothing we know), accepted or
    refused (then `ruled_by` is who ruled).
    """

    provider: str
    said_by: str
    said_at: datetime
    ruled_by: str | None
    score: float | None
    needs_review: bool


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
    came_since: tuple[VersionView, ...]  # after the decision that stands, newest first

    @property
    def has_newer_version(self) -> bool:
        """Whether the report was current in another version when it was decided on."""
        return any(version.passed_over is None for version in self.came_since)

    @property
    def sources_since(self) -> tuple[VersionView, ...]:
        """The further sources that nobody had seen when deciding."""
        return tuple(version for version in self.came_since if version.passed_over is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralView(ReferralGlance):
    """Everything known about it, and what was done with it."""

    unattached_identifiers: tuple[IdentifierView, ...]  # of a file, or of no party
    attributes: tuple[AttributeView, ...]  # of the report itself
    texts: tuple[TextView, ...]
    text_signals: tuple[TextSignalView, ...]
    text_scans: tuple[TextScanView, ...]  # of the texts that were searched, found or not
    provider_name: ProviderNameView | None  # None: the source names no provider
    working_calendar: WorkingCalendarView | None  # behind every day to ask by
    versions: tuple[VersionView, ...]  # newest first
    sources: tuple[SourceView, ...]  # the current one first
    since_decision: Comparison | None  # None: no newer version came since
    decisions: tuple[DecisionView, ...]  # newest first
    readings: tuple[ReadingView, ...]  # newest first
    not_stated: tuple[NotStated, ...]
    places: ValuePlaces  # of every value of the current version

    @property
    def file(self) -> str:
        """The file that the current version was read from."""
        return self.sources[0].file or ""
