"""How a referral came here and what was done with it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VersionView:
    """One copy of the report that was read, and from which file."""

    version: int
    version_id: str
    loaded_at: datetime
    batch_id: str
    source_format: str
    file: str | None
    source_path: str | None


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
