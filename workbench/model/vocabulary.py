"""The closed word lists that code, store, rules and screens share."""

from enum import StrEnum


class Disposition(StrEnum):
    """What an officer decided."""

    IMPORTED = "imported"
    NOT_IMPORTED = "not_imported"
    AWAITING_INFORMATION = "awaiting_information"
    TRANSFERRED = "transferred"


class Reason(StrEnum):
    """Why a referral was not imported. Texts and order stand in `rules/reasons.toml`."""

    AGE_DOUBT = "age_doubt"
    NO_FILES = "no_files"
    IDENTITY_HIDDEN = "identity_hidden"
    INSUFFICIENT_INFORMATION = "insufficient_information"
    NOT_CRIMINAL = "not_criminal"
    DUPLICATE = "duplicate"
    VIRAL_OR_MEME = "viral_or_meme"
    OUTSIDE_JURISDICTION = "outside_jurisdiction"
    EVIDENCE_EXPIRED = "evidence_expired"
    OTHER = "other"


class Urgency(StrEnum):
    """Danger to a child, highest first."""

    IMMEDIATE = "immediate"
    HIGH = "high"
    ELEVATED = "elevated"
    ROUTINE = "routine"


class Actionability(StrEnum):
    """Whether the unit can act, best first."""

    ACTIONABLE = "actionable"
    NEEDS_INFORMATION = "needs_information"
    NOT_ACTIONABLE = "not_actionable"


class Outcome(StrEnum):
    """What a rule says. `UNKNOWN` is not no."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Axis(StrEnum):
    """Three things that are never one number; time left is a clock, not a rule's axis."""

    URGENCY = "urgency"
    ACTIONABILITY = "actionability"
    QUALITY = "quality"


class PartyRole(StrEnum):
    """Who a party is in the report."""

    REPORTED_USER = "reported_user"
    VICTIM = "victim"
    INTENDED_RECIPIENT = "intended_recipient"
    ASSOCIATED_ACCOUNT = "associated_account"
    REPORTER = "reporter"


class NetworkKind(StrEnum):
    """What sort of network an address belongs to. In no list is `UNKNOWN`, never `ACCESS`."""

    TOR = "tor"
    VPN = "vpn"
    HOSTING = "hosting"
    CARRIER = "carrier"
    ACCESS = "access"
    RESERVED = "reserved"
    UNKNOWN = "unknown"
