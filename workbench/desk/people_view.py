"""People and accounts of a report, and what is said of each."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class IdentifierView:
    """One identifier; `value` None means the text is not a value of its kind.

    Of an e-mail address `mail_kind` is what our lists say of its domain or name: mail_provider,
    disposable, role or other (in none, `mail_kind_source` None); `mail_kind_at` None: not asked.
    """

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
    mail_kind: str | None
    mail_provider: str | None
    mail_kind_source: str | None
    mail_kind_at: datetime | None


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
