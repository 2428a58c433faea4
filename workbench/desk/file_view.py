"""Files that a report names, their hashes, and what our lists say of them; never the files."""

from dataclasses import dataclass
from datetime import date, datetime

from workbench.desk.people_view import AttributeView


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
class ComparedListView:
    """One list that could have held a file, and when it was asked."""

    list_name: str
    label: str
    as_of: date | None
    as_of_basis: str
    asked_at: datetime


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
    compared_lists: tuple[ComparedListView, ...]  # none: nothing is known
    attributes: tuple[AttributeView, ...]
