"""How a referral came here, what it is tied to, and what was done with it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VersionView:
    """One copy of the report that was read, from which file, and whether it is the current one.

    `made_at` is the document's own age: processed, else made available; None: it does not say.
    `why_current` says why it became current when it came: first, newer_document (by its own age),
    changed_copy (of the same format), preferred_format or complete_form (after a row of a list).
    None: it never did; then `passed_over` is older_copy or further_source. `stood_before` is the
    version that was current when it came, `compared_with` the one it is a copy of; `weighed_at` and
    `weighed_against` are the ages of both that were compared. `is_since_decision`: it came after
    the decision that stands and says something of its own.
    """

    version: int
    version_id: str
    loaded_at: datetime
    batch_id: str
    source_format: str
    file: str | None
    source_path: str | None
    received_at: datetime | None
    made_at: datetime | None
    weighed_at: datetime | None
    weighed_against: datetime | None
    is_current: bool
    speaks_for_format: bool
    why_current: str | None
    passed_over: str | None
    stood_before: int | None
    compared_with: int | None
    is_since_decision: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One row of the decision history; disposition None is an undo that opened it again."""

    decision_id: str
    decided_at: datetime
    decided_by: str
    disposition: str | None
    reason_code: str | None
    note: str | None
    version_seen: int
    rulebook_hash: str | None
    supersedes: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Who opened what: `part` is referral or narrative."""

    version: int
    read_by: str
    read_at: datetime
    part: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another referral that this one is tied to, or an earlier report number that is not here.

    `kind` is prior_report_number (the source says so) or the identifier's kind, when both reports
    give the same value for their reported user; `evidence` is the number or value itself.
    `referral_id` None: the named report is not in the store.
    """

    kind: str
    strength: str  # stated, same_value
    evidence: str
    referral_id: str | None
    report_number: str | None
    provider: str | None
    received_at: datetime | None
    disposition: str | None
    decided_at: datetime | None
