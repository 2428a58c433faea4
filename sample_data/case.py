"""An invented referral before any format: what is known, None meaning the source does not say."""

from dataclasses import dataclass, field
from datetime import date, datetime

INCIDENT_TYPES = {
    "image": "Child Pornography (possession, manufacture, and distribution)",
    "enticement": "Online Enticement of Children for Sexual Acts",
    "trafficking": "Child Sex Trafficking",
    "tourism": "Child Sex Tourism",
    "molestation": "Child Sexual Molestation",
    "unsolicited": "Unsolicited Obscene Material Sent to a Child",
    "misleading_domain": "Misleading Domain Name",
    "misleading_words": "Misleading Words or Digital Images on the Internet",
}


@dataclass(slots=True)
class IpEvent:
    """An address at a moment; the look-up is what NCMEC would add."""

    address: str
    at: datetime | None
    name: str | None
    port: int | None = None
    is_proxy: bool | None = None
    country: str | None = None
    owner: str = ""


@dataclass(slots=True)
class Contact:
    """An e-mail address or telephone number."""

    value: str
    is_verified: bool | None
    verified_at: datetime | None = None


@dataclass(slots=True)
class FileSeen:
    """What a report says about one file."""

    name: str
    original_name: str | None
    file_id: str
    md5: str | None
    sha1: str | None = None
    is_viewed: bool | None = None
    is_public: bool | None = None
    is_supplemental: bool = False
    classification: str | None = None
    flags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    uploaded_at: datetime | None = None
    ip_event: IpEvent | None = None


@dataclass(slots=True)
class Person:
    """Somebody in a report; associated accounts hang on the reported user."""

    user_id: str | None = None
    service: str | None = None
    screen_name: str | None = None
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    age: int | None = None
    date_of_birth: date | None = None
    is_age_doubted: bool | None = None
    gender: str | None = None
    bio: str | None = None
    emails: list[Contact] = field(default_factory=list)
    phones: list[Contact] = field(default_factory=list)
    profile_url: str | None = None
    device: tuple[str, str] | None = None
    ip_events: list[IpEvent] = field(default_factory=list)
    address: dict[str, str] | None = None
    estimated_place: dict[str, str] | None = None
    group: str | None = None
    is_compromised: bool | None = None
    disabled_at: datetime | None = None
    was_notified: bool | None = None
    prior_reports: list[str] = field(default_factory=list)
    has_access_to_children: bool | None = None
    has_access_to_victim: bool | None = None
    relationship: str | None = None
    is_convicted: bool | None = None
    is_third_party: bool | None = None
    school: str | None = None
    linked: list["Person"] = field(default_factory=list)
    text: str | None = None


@dataclass(slots=True)
class Case:
    """One referral."""

    story: str
    provider: str  # key in inbox_providers.toml
    provider_as_written: str
    incident_type: str
    incident_at: datetime
    received_at: datetime
    report_number: str = ""
    additional_types: tuple[str, ...] = ()
    classification: str | None = None
    priority: str | None = None
    is_informational: bool | None = None
    batched_reason: str | None = None
    escalation: str | None = None
    annotations: tuple[str, ...] = ()
    country: str | None = "NO"
    narrative: str | None = None
    analyst_note: str | None = None
    chat: str | None = None
    web_page: str | None = None
    suspect: Person = field(default_factory=Person)
    victims: list[Person] = field(default_factory=list)
    recipients: list[Person] = field(default_factory=list)
    files: list[FileSeen] = field(default_factory=list)
    police_agency: str | None = None
    police_case_number: str | None = None
